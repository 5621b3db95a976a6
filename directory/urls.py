from django.urls import path

from .views import contacts, locations, people, services

app_name = "directory"
urlpatterns = [
    path("contact/", contacts.contact_list, name="contact_list"),
    path("services/", services.service_list, name="service_list"),
    path("services/<slug:slug>/", services.service_detail, name="service_detail"),
    path("locations/", locations.location_list, name="location_list"),
    path("locations/<slug:slug>/", locations.location_detail, name="location_detail"),
    path("people/", people.person_list, name="person_list"),
    path("people/<slug:slug>/", people.person_detail, name="person_detail"),
]

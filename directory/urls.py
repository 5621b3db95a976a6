from django.urls import path

from .views import cards, contacts, locations, open_data, paper, people, services

app_name = "directory"
urlpatterns = [
    path("contact/", contacts.contact_list, name="contact_list"),
    path("contact/<int:pk>.vcf", cards.contact_card, name="contact_card"),
    path("contact/print/", paper.contact_print, name="contact_print"),
    path("contact/qr.svg", paper.contact_code, name="contact_code"),
    path("contact/open-data/", open_data.open_data, name="open_data"),
    path("contact/directory.csv", open_data.directory_csv, name="directory_csv"),
    path("contact/directory.json", open_data.directory_json, name="directory_json"),
    path("services/", services.service_list, name="service_list"),
    path("services/<slug:slug>/", services.service_detail, name="service_detail"),
    path("locations/", locations.location_list, name="location_list"),
    path("locations/<slug:slug>.vcf", cards.location_card, name="location_card"),
    path("locations/<slug:slug>/", locations.location_detail, name="location_detail"),
    path("people/", people.person_list, name="person_list"),
    path("people/<slug:slug>.vcf", cards.person_card, name="person_card"),
    path("people/<slug:slug>/", people.person_detail, name="person_detail"),
]

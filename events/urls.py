from django.urls import path

from . import views

app_name = "events"
urlpatterns = [
    path("", views.event_list, name="event_list"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("<slug:slug>.ics", views.event_calendar, name="event_calendar"),
    path("<int:year>/<int:month>/", views.month, name="month"),
    path("<slug:slug>/", views.event_detail, name="event_detail"),
]

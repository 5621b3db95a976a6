from django.urls import path, register_converter

from . import views


class DayConverter:
    """A day as year-month-day; whether the calendar has it is for the view to say."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


register_converter(DayConverter, "day")

app_name = "events"
urlpatterns = [
    path("", views.event_list, name="event_list"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("past/", views.past_events, name="past"),
    path("past/<int:year>/", views.past_events, name="past_year"),
    path("topics/<slug:slug>.ics", views.topic_calendar, name="topic_calendar"),
    path("locations/<slug:slug>.ics", views.location_calendar, name="location_calendar"),
    path("<slug:slug>.ics", views.event_calendar, name="event_calendar"),
    path("<slug:slug>/<day:day>.ics", views.date_calendar, name="date_calendar"),
    path("<int:year>/<int:month>/", views.month, name="month"),
    path("registration/<str:token>/", views.registration, name="registration"),
    path("registration/<str:token>/event.ics", views.registration_calendar, name="registration_calendar"),
    path("<slug:slug>/register/<int:date>/", views.register, name="register"),
    path("<slug:slug>/", views.event_detail, name="event_detail"),
]

from datetime import UTC, date, datetime, time

import pytest

from events.models import Event, EventDate
from events.related import events_of
from tests.factories import create_event, create_service

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


def create_class(service, title, day=None, **fields):
    values = {"first_day": day, "start_time": time(9), "end_time": None} if day else {"timing": Event.Timing.ANY_TIME}
    create_event(title=title, **values | fields).services.add(service)


def test_a_service_has_its_events_until_they_are_over():
    service = create_service()
    create_class(service, "Any")
    create_class(service, "Later", date(2026, 12, 24))
    create_class(service, "Sooner", date(2026, 11, 23))
    create_class(service, "Over", date(2026, 11, 22))
    create_class(service, "Draft", date(2026, 12, 1), published_at=None)
    create_class(create_service(), "Other", date(2026, 12, 1))

    links = events_of(service, AT).links

    assert [(link.text, link.note) for link in links] == [
        ("Sooner", "November 23, 2026, 9:00 AM"),
        ("Later", "December 24, 2026, 9:00 AM"),
        ("Any", "Any time"),
    ]


def test_a_series_is_told_at_its_next_date_that_takes_place():
    service = create_service()
    create_class(service, "Yoga", date(2026, 11, 9), rule="FREQ=WEEKLY;BYDAY=MO")
    EventDate.objects.filter(day=date(2026, 11, 23)).update(status="cancelled")

    links = events_of(service, AT).links

    assert [(link.text, link.note) for link in links] == [("Yoga", "November 30, 2026, 9:00 AM")]


def test_an_hour_of_another_clock_names_it():
    service = create_service()
    create_class(service, "Webinar", date(2026, 12, 1), zone="America/Chicago")
    create_class(service, "Summer webinar", date(2027, 6, 1), zone="America/Chicago")
    whole_day = {"timing": Event.Timing.ALL_DAY, "start_time": None}
    create_class(service, "Fair", date(2027, 7, 1), zone="America/Chicago", **whole_day)

    links = events_of(service, AT).links

    assert [(link.text, link.note) for link in links] == [
        ("Webinar", "December 1, 2026, 9:00 AM CST, Chicago time"),
        ("Summer webinar", "June 1, 2027, 9:00 AM CDT, Chicago time"),
        ("Fair", "July 1, 2027"),
    ]


def test_the_page_of_a_service_leads_to_its_events(client):
    service = create_service()
    create_class(service, "Heart class", slug="heart-class")

    assert 'href="/events/heart-class/">Heart class</a>' in client.get(service.get_absolute_url()).content.decode()

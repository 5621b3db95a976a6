from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.models import Event, EventDate, Registration, RegistrationMail
from pages.demo.events import move_events_on, next_weekday

from .loaded_at import LOADED_AT

WEDNESDAY = date(2025, 5, 14)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        pytest.param("thursday", date(2025, 5, 15), id="tomorrow"),
        pytest.param("wednesday", date(2025, 5, 21), id="not-today"),
        pytest.param("tuesday", date(2025, 5, 20), id="next-week"),
    ],
)
def test_next_weekday_comes_after_the_day(name, day):
    assert next_weekday(WEDNESDAY, name) == day


@pytest.mark.usefixtures("loaded")
def test_made_up_events_lie_ahead_of_the_day_of_loading():
    dates = EventDate.objects.next_of_each(Event.objects.published(LOADED_AT), LOADED_AT)
    upcoming = [date.event for date in dates.with_event()]

    assert [(event.slug, timezone.localtime(event.starts_at).isoformat()) for event in upcoming] == [
        ("newborn-care-class", "2025-05-17T10:00:00-04:00"),
        ("blood-pressure-check", "2025-05-20T18:00:00-04:00"),
        ("stop-smoking-group", "2025-05-21T17:30:00-04:00"),
        ("chair-yoga", "2025-05-22T09:30:00-04:00"),
        ("grief-support-group", "2025-05-29T18:30:00-04:00"),
        ("diabetes-cooking-class", "2025-06-02T17:00:00-04:00"),
        ("childbirth-weekend", "2025-06-07T09:00:00-04:00"),
        ("community-health-day", "2025-06-21T00:00:00-04:00"),
    ]
    assert {event.demonstration for event in upcoming} == {True}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("weeks", [1, 6, 30, 200])
def test_made_up_events_that_are_over_move_on_by_whole_weeks(weeks):
    once = Event.objects.dated().filter(demonstration=True, rule="")
    before = {event.slug: event.first_day for event in once}
    later = LOADED_AT + timedelta(weeks=weeks)

    moved = move_events_on(later)

    events = list(once.all())
    assert moved == sum(event.first_day != before[event.slug] for event in events)
    assert [event for event in events if event.is_over(later)] == []
    assert {(event.first_day - before[event.slug]).days % 7 for event in events} == {0}
    assert {event.slug: event.last_day - event.first_day for event in events if event.last_day} == {
        "childbirth-weekend": timedelta(days=1)
    }


@pytest.mark.usefixtures("loaded")
def test_the_hospitals_own_events_keep_their_days_and_show_no_hour():
    move_events_on(LOADED_AT)

    events = Event.objects.filter(demonstration=False).order_by("first_day", "slug")
    assert [(event.slug, event.first_day, event.timing, event.start_time) for event in events] == [
        ("cancer-survivors-day-2021", date(2021, 6, 12), "all_day", None),
        ("understanding-birth-eclass", date(2021, 6, 21), "any_time", None),
        ("understanding-breastfeeding-eclass", date(2021, 6, 21), "any_time", None),
        ("understanding-fatherhood-eclass", date(2021, 6, 21), "any_time", None),
        ("swim-across-the-sound-2023", date(2023, 7, 29), "all_day", None),
        ("medical-mission-2023", date(2023, 11, 4), "all_day", None),
    ]


@pytest.mark.usefixtures("loaded")
def test_the_demonstration_shows_what_can_become_of_an_event():
    groups = Event.objects.get(slug="stop-smoking-group")
    newborn = Event.objects.get(slug="newborn-care-class")
    cooking = Event.objects.get(slug="diabetes-cooking-class")

    assert groups.is_series is True
    assert [date.status for date in groups.dates.all()[:3]] == ["on", "cancelled", "on"]
    first = newborn.dates.get()
    assert (first.seats_in_all, first.registrations.holding_seats().people()) == (8, 8)
    assert first.registrations.waiting().people() == 3
    assert [date.status for date in cooking.dates.all()] == ["cancelled"]
    assert [event.slug for event in Event.objects.without_a_day().filter(timing=Event.Timing.TO_BE_ANNOUNCED)] == [
        "evening-for-caregivers"
    ]
    assert Event.objects.any_time().first().slug == "understanding-birth-eclass"


@pytest.mark.usefixtures("loaded")
def test_nobody_who_is_real_is_registered_in_the_demonstration():
    registrations = Registration.objects.all()

    assert {registration.demonstration for registration in registrations} == {True}
    assert {registration.email for registration in registrations} == {""}
    assert RegistrationMail.objects.count() == 0

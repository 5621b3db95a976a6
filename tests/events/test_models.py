from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.models import Event, EventDate
from publishing.months import Month
from tests.factories import build_event, create_event

pytestmark = pytest.mark.django_db

Timing = Event.Timing
JUNE_4 = date(2021, 6, 4)
JUNE_6 = date(2021, 6, 6)
SPRING = date(2027, 3, 14)  # the hour from 2 AM is skipped
AUTUMN = date(2027, 11, 7)  # the hour from 1 AM comes twice


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "starts_at", "ends_at"),
    [
        pytest.param(
            {"first_day": JUNE_4, "start_time": time(10), "end_time": time(11, 30)},
            utc(2021, 6, 4, 14),
            utc(2021, 6, 4, 15, 30),
            id="an-hour-and-a-half",
        ),
        pytest.param(
            {"first_day": JUNE_4, "start_time": time(10), "end_time": None},
            utc(2021, 6, 4, 14),
            utc(2021, 6, 5, 4),
            id="without-an-end-until-midnight",
        ),
        pytest.param(
            {"first_day": JUNE_4, "start_time": time(22), "last_day": date(2021, 6, 5), "end_time": time(2)},
            utc(2021, 6, 5, 2),
            utc(2021, 6, 5, 6),
            id="over-midnight",
        ),
        pytest.param(
            {"first_day": JUNE_4, "start_time": time(0), "end_time": time(1)},
            utc(2021, 6, 4, 4),
            utc(2021, 6, 4, 5),
            id="really-at-midnight",
        ),
        pytest.param(
            {"timing": Timing.ALL_DAY, "first_day": JUNE_4}, utc(2021, 6, 4, 4), utc(2021, 6, 5, 4), id="all-day"
        ),
        pytest.param(
            {"timing": Timing.ALL_DAY, "first_day": JUNE_4, "last_day": JUNE_6},
            utc(2021, 6, 4, 4),
            utc(2021, 6, 7, 4),
            id="three-days",
        ),
        pytest.param(
            {"timing": Timing.ALL_DAY, "first_day": SPRING}, utc(2027, 3, 14, 5), utc(2027, 3, 15, 4), id="23-hours"
        ),
        pytest.param(
            {"timing": Timing.ALL_DAY, "first_day": AUTUMN}, utc(2027, 11, 7, 4), utc(2027, 11, 8, 5), id="25-hours"
        ),
        pytest.param(
            {"first_day": AUTUMN, "start_time": time(1, 30), "end_time": time(3), "repeated_hour": "first"},
            utc(2027, 11, 7, 5, 30),
            utc(2027, 11, 7, 8),
            id="first-of-the-double-hour",
        ),
        pytest.param(
            {"first_day": AUTUMN, "start_time": time(1, 30), "end_time": time(3), "repeated_hour": "second"},
            utc(2027, 11, 7, 6, 30),
            utc(2027, 11, 7, 8),
            id="second-of-the-double-hour",
        ),
        pytest.param({"timing": Timing.ANY_TIME}, None, None, id="self-paced"),
    ],
)
def test_instants_follow_from_what_the_editor_entered(fields, starts_at, ends_at):
    event = create_event(**fields)

    event.refresh_from_db()

    assert (event.starts_at, event.ends_at) == (starts_at, ends_at)


READS_MIDNIGHT = "This would read “12:00 AM”. For a whole day choose “All day”, for a self-paced class “Any time”."
NO_SUCH_TIME = "On that day the clocks are set forward and this time does not exist."


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        pytest.param(
            {"first_day": None}, {"first_day": ["Give the day, or choose “Any time” as the timing."]}, id="no-day"
        ),
        pytest.param(
            {"timing": Timing.ALL_DAY, "first_day": None},
            {"first_day": ["Give the day, or choose “Any time” as the timing."]},
            id="all-day-of-no-day",
        ),
        pytest.param(
            {"first_day": JUNE_6, "last_day": JUNE_4}, {"last_day": ["The last day lies before the first."]}, id="order"
        ),
        pytest.param(
            {"start_time": None}, {"start_time": ["Give the time it begins, or choose another timing."]}, id="no-time"
        ),
        pytest.param(
            {"start_time": time(0), "end_time": time(0)}, {"start_time": [READS_MIDNIGHT]}, id="midnight-to-midnight"
        ),
        pytest.param({"start_time": time(0), "end_time": None}, {"start_time": [READS_MIDNIGHT]}, id="midnight-alone"),
        pytest.param(
            {"start_time": time(11), "end_time": time(10)},
            {"end_time": ["The event would end before it begins."]},
            id="ends-before-it-begins",
        ),
        pytest.param(
            {"start_time": time(11), "end_time": time(10), "rule": "FREQ=WEEKLY"},
            {"end_time": ["The event would end before it begins."]},
            id="each-date-ends-before-it-begins",
        ),
        pytest.param(
            {"start_time": time(11), "end_time": time(11)},
            {"end_time": ["The event would end before it begins."]},
            id="ends-as-it-begins",
        ),
        pytest.param(
            {"timing": Timing.ALL_DAY, "start_time": time(9)},
            {"start_time": ["An all-day event has no hour: empty both times."]},
            id="all-day-with-an-hour",
        ),
        pytest.param(
            {"timing": Timing.ANY_TIME, "end_time": time(9)},
            {"start_time": ["A self-paced event has no hour: empty both times."]},
            id="self-paced-with-an-hour",
        ),
        pytest.param(
            {"first_day": SPRING, "start_time": time(2, 30), "end_time": time(4)},
            {"start_time": [NO_SUCH_TIME]},
            id="begins-in-the-skipped-hour",
        ),
        pytest.param(
            {"first_day": SPRING, "start_time": time(1), "end_time": time(2, 30)},
            {"end_time": [NO_SUCH_TIME]},
            id="ends-in-the-skipped-hour",
        ),
        pytest.param(
            {"first_day": date(9999, 12, 31), "end_time": None},
            {"first_day": ["Give a day between the years 1900 and 2200."]},
            id="end-of-all-calendars",
        ),
        pytest.param(
            {"timing": Timing.ALL_DAY, "first_day": JUNE_4, "last_day": date(9999, 12, 31)},
            {"last_day": ["Give a day between the years 1900 and 2200."]},
            id="for-ever",
        ),
        pytest.param(
            {"slug": "calendar"}, {"slug": ["“calendar” is the address of another page; choose another one."]}
        ),
        pytest.param({"slug": "2021"}, {"slug": ["“2021” is the address of another page; choose another one."]}),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(fields, messages):
    with pytest.raises(ValidationError) as refused:
        build_event(**fields).full_clean()

    assert refused.value.message_dict == messages


def test_the_database_refuses_an_event_that_ends_before_it_begins():
    event = create_event()

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(ends_at=event.starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(starts_at=None)


def test_a_part_that_is_saved_takes_the_instants_along():
    event = create_event(first_day=JUNE_4)
    event.first_day = JUNE_6

    event.save(update_fields=["first_day"])

    event.refresh_from_db()
    assert event.starts_at == utc(2021, 6, 6, 14)


def next_ones(at):
    return [date.event for date in EventDate.objects.next_of_each(Event.objects.all(), at).with_event()]


def test_upcoming_until_the_very_end():
    event = create_event(first_day=JUNE_4, start_time=time(10), end_time=time(11, 30))
    create_event(timing=Timing.ANY_TIME)
    end = utc(2021, 6, 4, 15, 30)

    assert next_ones(end - timedelta(microseconds=1)) == [event]
    assert next_ones(end) == []
    assert [event.is_over(at=end - timedelta(microseconds=1)), event.is_over(at=end)] == [False, True]


def test_upcoming_stand_in_the_order_in_which_they_begin():
    later = create_event(first_day=JUNE_6)
    several_days = create_event(timing=Timing.ALL_DAY, first_day=date(2021, 6, 1), last_day=date(2021, 6, 30))
    sooner = create_event(first_day=JUNE_4)

    assert next_ones(utc(2021, 6, 2)) == [several_days, sooner, later]


def test_between_counts_every_event_that_touches_it():
    event = create_event(timing=Timing.ALL_DAY, first_day=date(2021, 5, 31), last_day=date(2021, 6, 1))
    may, june, july = Month(2021, 5), Month(2021, 6), Month(2021, 7)

    assert list(EventDate.objects.between(*may.bounds)) == [event.dates.get()]
    assert list(EventDate.objects.between(*june.bounds)) == [event.dates.get()]
    assert list(EventDate.objects.between(*july.bounds)) == []
    assert list(EventDate.objects.between(event.ends_at, event.ends_at + timedelta(days=1))) == []
    assert list(EventDate.objects.between(event.starts_at - timedelta(days=1), event.starts_at)) == []


def test_months_go_from_the_first_date_to_the_last():
    create_event(first_day=date(2021, 6, 30), start_time=time(23, 30), end_time=None)
    create_event(first_day=date(2021, 6, 1))
    create_event(first_day=date(2020, 12, 1))
    create_event(timing=Timing.ANY_TIME)

    assert Event.objects.first_and_last_month() == (Month(2020, 12), Month(2021, 6))
    assert Event.objects.any_time().first_and_last_month() == (None, None)


def test_self_paced_ones_are_never_over():
    event = create_event(timing=Timing.ANY_TIME)

    assert list(Event.objects.any_time()) == [event]
    assert list(Event.objects.dated()) == []
    assert event.is_over(at=utc(2999, 1, 1)) is False


def test_several_days():
    assert build_event(timing=Timing.ALL_DAY, last_day=JUNE_6).several_days is True
    assert build_event(timing=Timing.ALL_DAY, last_day=JUNE_4).several_days is False
    assert build_event().final_day == JUNE_4


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("", (date(2021, 6, 4), date(2021, 6, 5))),
        ("Asia/Tokyo", (JUNE_4 - timedelta(days=1), JUNE_4)),
        ("Pacific/Honolulu", (date(2021, 6, 5), date(2021, 6, 6))),
    ],
)
def test_the_days_of_a_date_are_those_of_the_hospitals_calendar(zone, days):
    event = create_event(
        first_day=JUNE_4, last_day=date(2021, 6, 5), start_time=time(23 if zone != "Asia/Tokyo" else 1), zone=zone
    )

    stored = event.dates.get()

    assert (stored.on_day, stored.until_day) == days

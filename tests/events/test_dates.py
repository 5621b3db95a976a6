"""The dates of events as rows: written, kept for those registered, written ahead."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from events.dates import write_dates, write_dates_ahead
from events.models import Event, EventDate, Registration, SeriesChange
from publishing import drafting, history
from publishing.snapshots import take
from tests.factories import create_event, create_registration, create_superuser

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)  # a Sunday, 10 AM in Norwich
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def weekly(**fields):
    values = {"first_day": TUESDAY, "start_time": time(18), "end_time": time(19, 30), "rule": "FREQ=WEEKLY;BYDAY=TU"}
    return create_event(**values | fields)


def days(event):
    return [date.day for date in event.dates.order_by("day")]


def test_an_event_that_takes_place_once_has_one_date():
    event = create_event(first_day=TUESDAY, start_time=time(18), end_time=None)

    only = event.dates.get()

    assert (only.day, only.has_end) == (TUESDAY, False)
    assert (only.starts_at, only.ends_at) == (
        datetime(2026, 11, 24, 23, tzinfo=UTC),
        datetime(2026, 11, 25, 5, tzinfo=UTC),
    )
    assert (only.first_day, only.final_day, only.start_time, only.end_time) == (TUESDAY, TUESDAY, time(18), None)


@pytest.mark.parametrize("timing", [Event.Timing.ANY_TIME, Event.Timing.TO_BE_ANNOUNCED])
def test_without_a_day_there_is_no_date(timing):
    event = create_event(timing=timing)

    assert days(event) == []
    assert (event.starts_at, event.ends_at) == (None, None)


def test_a_series_is_written_eighteen_months_ahead_by_the_local_clock():
    event = weekly()

    written = list(event.dates.all())

    assert (written[0].day, written[-1].day, len(written)) == (TUESDAY, date(2028, 5, 23), 79)
    assert {date.local_start.time() for date in written} == {time(18)}
    assert {date.starts_at.hour for date in written} == {22, 23}  # in UTC, summer and winter
    assert Event.objects.get().ends_at == written[-1].ends_at


def test_several_days_of_a_series_go_on_as_long_as_its_first():
    event = create_event(
        timing=Event.Timing.ALL_DAY,
        first_day=date(2026, 12, 5),
        last_day=date(2026, 12, 6),
        rule="FREQ=MONTHLY;COUNT=2",
    )

    assert [(each.first_day, each.final_day) for each in event.dates.all()] == [
        (date(2026, 12, 5), date(2026, 12, 6)),
        (date(2027, 1, 5), date(2027, 1, 6)),
    ]


def test_a_weekly_event_whose_first_date_is_past_stays_in_the_list():
    event = weekly(first_day=date(2021, 6, 1))

    listed = EventDate.objects.next_of_each(Event.objects.published(), timezone.now()).get()

    assert listed.event == event
    assert listed.starts_at == datetime(2026, 11, 24, 23, tzinfo=UTC)


def test_the_next_dates_are_written_when_time_goes_on(clock):
    event = weekly()
    before = days(event)
    clock.shift(timedelta(days=21))

    write_dates_ahead()

    assert len(days(event)) == len(before) + 3
    assert days(event)[: len(before)] == before
    assert Event.objects.get().ends_at == event.dates.order_by("-day").first().ends_at


def test_writing_twice_changes_nothing():
    event = weekly()

    assert write_dates(event) == []
    assert Event.objects.get().sequence == 0


def test_another_hour_moves_all_dates_that_are_to_come_and_none_that_was(clock):
    event = weekly()
    clock.shift(timedelta(days=7))

    event.start_time, event.end_time = time(17), time(18)
    event.full_clean()
    event.save()

    hours = [date.start_time for date in event.dates.all()[:3]]
    assert hours == [time(18), time(17), time(17)]
    assert Event.objects.get().sequence == 1
    assert [date.sequence for date in event.dates.all()[:2]] == [0, 1]


def test_those_registered_go_along_when_the_one_day_of_an_event_changes():
    event = create_event(first_day=TUESDAY)
    registration = create_registration(event.dates.get())

    event.first_day = date(2026, 12, 1)
    event.full_clean()
    event.save()

    registration = Registration.objects.get(pk=registration.pk)
    assert (registration.date.day, registration.date.sequence) == (date(2026, 12, 1), 1)
    assert registration.date.first_day == date(2026, 12, 1)
    assert days(event) == [date(2026, 12, 1)]


def test_a_new_day_for_an_event_takes_back_what_was_moved_by_hand():
    event = create_event(first_day=TUESDAY)
    event.dates.update(moved_to=date(2026, 11, 26), moved_start=time(9))

    event.first_day = date(2026, 12, 1)
    event.save()

    only = event.dates.get()
    assert (only.first_day, only.is_moved) == (date(2026, 12, 1), False)


@pytest.mark.parametrize(("status", "then"), [("postponed", "on"), ("cancelled", "cancelled"), ("full", "full")])
def test_a_postponed_event_is_on_again_when_it_has_a_new_day(status, then):
    event = create_event(first_day=TUESDAY)
    event.dates.update(status=status, status_note="The speaker is ill.")

    event.first_day = date(2026, 12, 1)
    event.save()

    assert event.dates.get().status == then


def test_who_came_last_year_is_not_registered_for_this_year(clock):
    event = create_event(first_day=TUESDAY)
    last_year = create_registration(event.dates.get())
    clock.shift(timedelta(days=300))

    event.first_day = date(2027, 11, 23)
    event.full_clean()
    event.save()

    last_year.refresh_from_db()
    assert [(each.first_day, each.registrations.count()) for each in event.dates.all()] == [
        (TUESDAY, 1),
        (date(2027, 11, 23), 0),
    ]
    assert last_year.date.day == TUESDAY


def test_the_day_of_last_year_makes_room_where_nobody_came(clock):
    event = create_event(first_day=TUESDAY)
    clock.shift(timedelta(days=300))

    event.first_day = date(2027, 11, 23)
    event.save()

    assert [each.first_day for each in event.dates.all()] == [date(2027, 11, 23)]


def test_behind_dates_that_are_all_cancelled_come_cancelled_ones(clock):
    event = weekly()
    event.dates.update(status="cancelled", status_note="The group has ended.")
    clock.shift(timedelta(days=14))

    write_dates_ahead()

    assert {(each.status, each.status_note) for each in event.dates.all()} == {("cancelled", "The group has ended.")}
    assert event.dates.count() == 81


def test_a_date_moved_by_hand_keeps_a_length_when_the_series_leaves_its_hours():
    event = weekly()
    moved = event.dates.get(day=date(2026, 12, 1))
    moved.moved_start = time(19)
    moved.save()

    event.start_time, event.end_time = time(16), time(18)
    event.full_clean()
    event.save()

    moved.refresh_from_db()
    assert (moved.start_time, moved.end_time) == (time(19), time(21))


def test_dates_are_written_ahead_from_what_is_stored(clock):
    event = weekly()
    Event.objects.filter(pk=event.pk).update(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=2")

    write_dates_ahead()

    assert days(event) == [TUESDAY, date(2026, 12, 1)]


def test_a_date_with_people_registered_is_kept_when_the_series_no_longer_names_it():
    event = weekly()
    registered = event.dates.get(day=date(2026, 12, 8))
    create_registration(registered)

    event.first_day, event.rule = date(2026, 11, 25), "FREQ=WEEKLY;BYDAY=WE;COUNT=2"
    event.full_clean()
    event.save()

    assert days(event) == [date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 8)]
    assert [date.in_series for date in event.dates.order_by("day")] == [True, True, False]
    registered.refresh_from_db()
    assert registered.local_start.time() == time(18)


def test_a_day_left_out_goes_and_comes_back():
    event = weekly()

    event.left_out = [date(2026, 12, 1)]
    event.full_clean()
    event.save()
    without = days(event)[:2]
    event.left_out = []
    event.save()

    assert without == [TUESDAY, date(2026, 12, 8)]
    assert days(event)[:3] == [TUESDAY, date(2026, 12, 1), date(2026, 12, 8)]


def test_a_date_moved_by_hand_stays_moved_when_the_series_changes():
    event = weekly()
    moved = event.dates.get(day=date(2026, 12, 1))
    moved.moved_to, moved.moved_start, moved.moved_end = date(2026, 12, 2), time(9), time(10)
    moved.save()

    event.start_time = time(17)
    event.full_clean()
    event.save()

    moved.refresh_from_db()
    assert (moved.day, moved.first_day, moved.start_time, moved.end_time) == (
        date(2026, 12, 1),
        date(2026, 12, 2),
        time(9),
        time(10),
    )
    assert moved.is_moved is True


def test_from_a_day_on_the_series_goes_on_otherwise():
    event = weekly()
    change = SeriesChange(
        event=event,
        from_day=date(2027, 1, 5),
        first_day=date(2027, 1, 6),
        rule="FREQ=WEEKLY;BYDAY=WE",
        start_time=time(9),
        place="Room 2",
    )
    change.full_clean()
    change.save()

    write_dates(event)

    turn = [(each.day, each.start_time, each.where[1]) for each in event.dates.filter(day__gte=date(2026, 12, 29))[:3]]
    assert turn == [
        (date(2026, 12, 29), time(18), ""),
        (date(2027, 1, 6), time(9), "Room 2"),
        (date(2027, 1, 13), time(9), "Room 2"),
    ]


@pytest.mark.parametrize(
    ("first_day", "told"),
    [
        (
            date(2027, 1, 7),
            "The series is not on this day of the week or month. Its first day would be Wednesday, Jan. 13, 2027.",
        ),
        (date(2026, 12, 30), "The first day lies before the one from which all changes."),
    ],
)
def test_a_change_whose_first_day_does_not_fit_is_refused(first_day, told):
    change = SeriesChange(event=weekly(), from_day=date(2027, 1, 5), first_day=first_day, rule="FREQ=WEEKLY;BYDAY=WE")

    with pytest.raises(ValidationError) as refused:
        change.full_clean()

    assert refused.value.message_dict == {"first_day": [told]}


def test_a_date_in_another_zone_is_told_by_its_clock():
    event = create_event(first_day=TUESDAY, start_time=time(18), end_time=time(19), zone="America/Los_Angeles")

    only = event.dates.get()

    assert only.starts_at == datetime(2026, 11, 25, 2, tzinfo=UTC)
    assert (only.first_day, only.start_time) == (TUESDAY, time(18))


def test_a_series_in_the_skipped_hour_is_counted_from_before_the_clocks_change():
    event = create_event(
        first_day=date(2027, 3, 13), start_time=time(2, 30), end_time=time(4), rule="FREQ=DAILY;COUNT=2"
    )

    assert [date.starts_at for date in event.dates.all()] == [
        datetime(2027, 3, 13, 7, 30, tzinfo=UTC),
        datetime(2027, 3, 14, 7, 30, tzinfo=UTC),  # 3:30 AM, as calendars take it (RFC 5545, 3.3.5)
    ]


def test_the_dates_follow_what_is_published_and_no_draft():
    event = weekly()
    base, user = history.begin(event), create_superuser()
    content = take(event)
    fewer = replace(content, root=replace(content.root, fields={**content.root.fields, "rule": "FREQ=WEEKLY;COUNT=2"}))

    drafting.save(event, fewer, base=base, user=user)
    while_drafted = len(days(event))
    drafting.publish(event, user=user)

    assert (while_drafted, days(event)) == (79, [TUESDAY, date(2026, 12, 1)])


def test_of_a_series_that_began_long_ago_only_the_last_years_are_written():
    event = weekly(first_day=date(1990, 11, 20))

    assert days(event)[0] == date(2023, 11, 21)
    assert event.dates.filter(ends_at__gt=timezone.now()).count() == 79


def test_dates_that_were_stay_when_their_years_have_passed(clock):
    event = weekly()
    clock.shift(timedelta(days=1500))

    write_dates_ahead()

    assert days(event)[0] == TUESDAY
    assert len(days(event)) == 79 + 79


def test_an_event_with_people_registered_cannot_be_deleted_by_the_way():
    event = create_event(first_day=TUESDAY)
    create_registration(event.dates.get())

    with pytest.raises(ProtectedError):
        event.delete()

    assert EventDate.objects.count() == 1

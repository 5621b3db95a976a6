"""What a calendar program makes of our files: expanded as dateutil reads the rules, they are our dates."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar

from events.calendar_files import calendar_of
from events.dates import write_dates
from events.models import DateStatus, Event, EventDate, SeriesChange
from tests.factories import create_event, create_location, create_registration

pytestmark = pytest.mark.django_db

NORWICH = ZoneInfo("America/New_York")
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TUESDAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _in_september(settings):
    settings.SITE_URL = "https://backus.example"
    with time_machine.travel(NOW, tick=False):
        yield


def file_of(event):
    """Return the entries of the file of `event`."""
    content = calendar_of(Event.objects.for_calendars().filter(pk=event.pk), name="Events")
    return list(Calendar.from_ical(content).walk("VEVENT"))


def local(value):
    """Return a date or an aware datetime as a datetime without a zone, by the clock of its own zone."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value.replace(tzinfo=None)


def expanded(entries, until):
    """Return the sorted instants at which the dates of `entries` begin until the day `until`, as a program has them."""
    exceptions = {
        (str(entry["uid"]), entry.decoded("recurrence-id")): entry for entry in entries if "recurrence-id" in entry
    }
    found = []
    for entry in entries:
        start = entry.decoded("dtstart")
        if "recurrence-id" in entry or "rrule" not in entry:
            if entry["status"] != "CANCELLED":
                found.append(as_instant(start))
            continue
        rules = rruleset()
        rule = entry["rrule"].to_ical().decode()
        until_utc = entry["rrule"].get("UNTIL")
        if until_utc and isinstance(start, datetime):
            told = until_utc[0].astimezone(start.tzinfo).replace(tzinfo=None)
            rule = ";".join(part for part in rule.split(";") if not part.startswith("UNTIL"))
            rule += f";UNTIL={told:%Y%m%dT%H%M%S}"
        rules.rrule(rrulestr(rule, dtstart=local(start)))
        left_out = entry.get("exdate", [])
        for each in left_out if isinstance(left_out, list) else [left_out]:
            for moment in each.dts:
                rules.exdate(local(moment.dt))
        for moment in rules.between(datetime.combine(TUESDAY, time()), datetime.combine(until, time()), inc=True):
            own = moment.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else moment.date()
            if (str(entry["uid"]), own) not in exceptions:
                found.append(as_instant(own))
    return sorted(found)


def as_instant(value):
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(), tzinfo=NORWICH)
    return value.astimezone(UTC)


def dates_of(event, until):
    end = datetime.combine(until, time(), tzinfo=NORWICH)
    taking_place = EventDate.objects.filter(event=event, starts_at__lte=end).exclude(
        status__in=[DateStatus.CANCELLED, DateStatus.POSTPONED]
    )
    return sorted(taking_place.values_list("starts_at", flat=True))


UNTIL = date(2027, 12, 1)  # beyond both changes of the clocks
RULES = {
    "every-tuesday": {"rule": "FREQ=WEEKLY;BYDAY=TU"},
    "every-other-week": {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
    "first-tuesday": {"rule": "FREQ=MONTHLY;BYDAY=1TU"},
    "last-weekday": {"rule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "first_day": date(2026, 9, 30)},
    "until": {"rule": "FREQ=DAILY;UNTIL=20261115"},
    "count": {"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=20"},
    "left-out": {"rule": "FREQ=WEEKLY;BYDAY=TU", "left_out": [date(2026, 11, 3), date(2026, 12, 22)]},
    "left-out-at-the-end": {"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=4", "left_out": [date(2026, 9, 22)]},
    "also-on": {"rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201", "extra_days": [date(2026, 11, 5), date(2027, 1, 2)]},
    "these-dates": {"extra_days": [date(2026, 11, 1), date(2027, 3, 14)]},
    "yearly": {"rule": "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "first_day": date(2026, 11, 1)},
    "whole-days": {"rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330", "timing": Event.Timing.ALL_DAY},
    "in-the-skipped-hour": {
        "rule": "FREQ=DAILY;UNTIL=20270320",
        "start_time": time(2, 30),
        "end_time": time(4),
    },
    "through-the-night": {
        "rule": "FREQ=WEEKLY;BYDAY=SA",
        "first_day": date(2026, 9, 5),
        "last_day": date(2026, 9, 6),
        "start_time": time(22),
        "end_time": time(6),
    },
    "in-the-hour-that-comes-twice": {
        "rule": "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "first_day": date(2026, 11, 1),
        "start_time": time(1, 30),
        "end_time": time(3),
        "repeated_hour": "second",
    },
    "by-another-clock": {"rule": "FREQ=WEEKLY;BYDAY=TU", "zone": "Europe/Berlin"},
}


@pytest.mark.parametrize("fields", RULES.values(), ids=RULES)
def test_a_program_finds_our_dates(fields):
    event = create_event(**{"first_day": TUESDAY} | fields)

    entries = file_of(event)

    assert expanded(entries, UNTIL) == dates_of(event, UNTIL)
    assert len({(str(entry["uid"]), str(entry.get("recurrence-id"))) for entry in entries}) == len(entries)


@hypothesis_settings(max_examples=8)
@given(
    acts=st.dictionaries(
        st.integers(0, 60), st.sampled_from(["cancelled", "postponed", "moved", "hour", "room", "full"]), max_size=6
    ),
    change=st.one_of(st.none(), st.tuples(st.integers(1, 50), st.sampled_from(["TU", "TU,TH", "WE"]))),
    hour=st.integers(0, 23),
)
def test_a_program_finds_our_dates_whatever_was_done_to_them(acts, change, hour):
    Event.objects.all().delete()
    event = create_event(first_day=TUESDAY, rule="FREQ=WEEKLY;BYDAY=TU", start_time=time(hour, 15), end_time=None)
    if change:
        weeks, days = change
        from_day = TUESDAY + timedelta(weeks=weeks, days=days == "WE")
        SeriesChange.objects.create(
            event=event, from_day=from_day, first_day=from_day, rule=f"FREQ=WEEKLY;BYDAY={days}", start_time=time(18)
        )
        write_dates(event)
    for number, act in acts.items():
        do(event.dates.order_by("day")[number], act)

    entries = file_of(event)

    assert expanded(entries, UNTIL) == dates_of(event, UNTIL)


def do(row, act):
    """Do to one date what the coordinator does."""
    if act == "moved":
        row.moved_to = row.day + timedelta(days=1)
        row.starts_at += timedelta(days=1)
        row.ends_at += timedelta(days=1)
    elif act == "hour":
        row.starts_at += timedelta(minutes=30)
        row.ends_at += timedelta(minutes=30)
    elif act == "room":
        row.place = "Room 9"
    else:
        row.status = act
    row.sequence += 1
    row.save()


def test_a_series_keeps_its_hour_on_the_clock():
    event = create_event(
        first_day=TUESDAY, rule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20261110", start_time=time(18), end_time=None
    )

    [entry] = file_of(event)

    assert entry["dtstart"].params["TZID"] == "America/New_York"
    assert entry.decoded("dtstart") == datetime(2026, 9, 1, 18, tzinfo=NORWICH)
    assert entry["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261110T230000Z;BYDAY=TU"


def test_the_end_of_whole_days_is_a_day():
    event = create_event(first_day=TUESDAY, rule="FREQ=DAILY;UNTIL=20260910", timing=Event.Timing.ALL_DAY)

    [entry] = file_of(event)

    assert entry["rrule"].to_ical() == b"FREQ=DAILY;UNTIL=20260910"
    assert entry.decoded("dtstart") == TUESDAY


def test_what_was_done_to_one_date_stands_at_the_day_that_the_series_names():
    event = create_event(first_day=TUESDAY, rule="FREQ=WEEKLY;BYDAY=TU;COUNT=6", title="Yoga")
    rows = list(event.dates.order_by("day"))
    for row, status in zip(rows[1:5], ["cancelled", "postponed", "moved_online", "full"], strict=True):
        row.status, row.status_note, row.sequence = status, "Call us.", 3
        row.save()
    rows[5].location = create_location(name="Mill", street="", city="")
    rows[5].save()

    entries = file_of(event)

    told = [
        (
            local(entry.decoded("recurrence-id")).date(),
            str(entry["status"]),
            str(entry["summary"]),
            int(entry["sequence"]),
        )
        for entry in entries[1:]
    ]
    assert told == [
        (date(2026, 9, 8), "CANCELLED", "Cancelled: Yoga", 3),
        (date(2026, 9, 15), "CANCELLED", "Postponed: Yoga", 3),
        (date(2026, 9, 22), "CONFIRMED", "Moved online: Yoga", 3),
        (date(2026, 9, 29), "CONFIRMED", "Full: Yoga", 3),
        (date(2026, 10, 6), "CONFIRMED", "Yoga", 0),
    ]
    assert [str(entry.get("location", "")) for entry in entries[3:]] == ["Online", "", "Mill"]
    assert "Call us." in str(entries[1]["description"])
    assert {str(entry["uid"]) for entry in entries} == {f"event-{event.pk}@backus.example"}


def test_a_series_that_goes_on_otherwise_is_two_entries():
    event = create_event(first_day=TUESDAY, rule="FREQ=WEEKLY;BYDAY=TU;COUNT=40")
    SeriesChange.objects.create(
        event=event,
        from_day=date(2026, 10, 6),
        first_day=date(2026, 10, 8),
        rule="FREQ=WEEKLY;BYDAY=TH",
        start_time=time(18),
        place="Room 2",
    )
    write_dates(event)

    former, later = file_of(event)

    assert former["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261005T140000Z;BYDAY=TU"
    assert str(later["uid"]) == f"event-{event.pk}-20261006@backus.example"
    assert later.decoded("dtstart") == datetime(2026, 10, 8, 18, tzinfo=NORWICH)
    assert str(later["location"]) == "Room 2"


def test_a_date_that_the_series_no_longer_names_stands_alone():
    event = create_event(first_day=TUESDAY, rule="FREQ=WEEKLY;BYDAY=TU")
    kept = event.dates.get(day=date(2026, 9, 15))
    create_registration(kept)
    event.left_out = [kept.day]
    event.save()

    series, alone = file_of(event)

    assert str(alone["uid"]) == f"event-{event.pk}-date-20260915@backus.example"
    assert alone.decoded("dtstart").date() == kept.day
    assert "rrule" not in alone
    assert local(series["exdate"].dts[0].dt).date() == kept.day


def test_a_day_whose_row_is_not_there_is_left_out():
    event = create_event(first_day=TUESDAY, rule="FREQ=WEEKLY;BYDAY=TU;COUNT=5")
    event.dates.filter(day__in=[TUESDAY, date(2026, 9, 15)]).delete()

    entries = file_of(event)

    assert expanded(entries, UNTIL) == dates_of(event, UNTIL)

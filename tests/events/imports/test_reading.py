"""What entries of calendars say, and what is refused of them."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from events.imports.lines import MOST_BYTES, MOST_ENTRIES, entries_in
from events.imports.reading import read


def calendar(*entries):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def entry(*lines):
    return read(entries_in(calendar(lines))[0])


def test_an_entry_is_an_event():
    read_entry = entry(
        "UID:42@example.org",
        "SUMMARY:Walk\\, talk",
        "DESCRIPTION:First <b>line</b>\\n\\nSecond & last",
        "URL:https://example.org/walk",
        "LOCATION:Room 5",
        "DTSTART;TZID=America/New_York:20261201T180000",
        "DTEND;TZID=America/New_York:20261201T193000",
        "BEGIN:VALARM",
        "DESCRIPTION:Reminder",
        "END:VALARM",
    )

    assert (read_entry.problem, read_entry.uid) == ("", "42@example.org")
    assert read_entry.values == {
        "title": "Walk, talk",
        "place": "Room 5",
        "timing": "at_a_time",
        "zone": "",
        "first_day": date(2026, 12, 1),
        "start_time": time(18),
        "last_day": None,
        "end_time": time(19, 30),
        "rule": "",
        "left_out": [],
        "extra_days": [],
        "body": "<p>First line</p><p>Second &amp; last</p>"
        '<p><a href="https://example.org/walk">https://example.org/walk</a></p>',
    }


@pytest.mark.parametrize(
    ("start", "zone", "day", "hour"),
    [
        ("DTSTART:20261201T180000", "", date(2026, 12, 1), time(18)),
        ("DTSTART:20261202T003000Z", "", date(2026, 12, 1), time(19, 30)),
        ("DTSTART;TZID=America/Chicago:20261201T180000", "America/Chicago", date(2026, 12, 1), time(18)),
        ("DTSTART;TZID=Eastern Standard Time:20261201T180000", "", date(2026, 12, 1), time(18)),
    ],
)
def test_a_time_is_by_the_clock_that_it_names(start, zone, day, hour):
    values = entry(start).values

    assert (values["zone"], values["first_day"], values["start_time"]) == (zone, day, hour)


@pytest.mark.parametrize(
    ("lines", "last_day", "end_time"),
    [
        (["DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261206"], None, None),
        (["DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261208"], date(2026, 12, 7), None),
        (["DTSTART:20261205T180000", "DURATION:PT1H30M"], None, time(19, 30)),
        (["DTSTART:20261205T220000", "DTEND:20261206T010000"], date(2026, 12, 6), time(1)),
        (["DTSTART:20261205T220000"], None, None),
        (["DTSTART:20261205T220000", "DTEND:20261205T220000"], None, None),
    ],
)
def test_an_end_is_the_last_day_and_hour(lines, last_day, end_time):
    values = entry(*lines).values

    assert (values["last_day"], values["end_time"]) == (last_day, end_time)


def test_a_series_has_its_exceptions_by_the_local_day():
    values = entry(
        "DTSTART;TZID=America/New_York:20261201T200000",
        "RRULE:FREQ=WEEKLY;UNTIL=20270106T010000Z",
        "EXDATE:20261209T010000Z",
        "EXDATE;TZID=America/New_York:20261215T200000,20261222T200000",
        "RDATE;TZID=America/New_York:20261224T200000",
    ).values

    assert values["rule"] == "FREQ=WEEKLY;UNTIL=20270105"
    assert values["left_out"] == [date(2026, 12, 8), date(2026, 12, 15), date(2026, 12, 22)]
    assert values["extra_days"] == [date(2026, 12, 24)]


def test_a_series_whose_first_date_is_left_out_begins_with_the_next():
    values = entry("DTSTART:20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261201T180000").values

    assert (values["first_day"], values["rule"], values["left_out"]) == (
        date(2026, 12, 8),
        "FREQ=WEEKLY;COUNT=3",
        [],
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["SUMMARY:Walk"], "It has no beginning (DTSTART)."),
        (["DTSTART:soon"], "“soon” is no day or time."),
        (["DTSTART:20260230"], "“20260230” is no day or time."),
        (["DTSTART:99991231"], "Its day lies beyond every calendar."),
        (["DTSTART;TZID=Mars/Olympus:20261201T180000"], "Its time zone “Mars/Olympus” is not known."),
        (["DTSTART:20261201T180000", "DTEND:20261201T170000"], "It ends before it begins."),
        (["DTSTART:20261201T180000", "DTEND;VALUE=DATE:20261202"], "It begins at a time and ends on a day,"),
        (["DTSTART:20261201T180000", "DURATION:for ever"], "“for ever” is no length of time."),
        (["DTSTART:20261201T180000", "DURATION:P999W"], ""),
        (["DTSTART:20261201T180000", "RRULE:FREQ=SECONDLY"], "An event can repeat by days, weeks, months or years"),
        (["DTSTART:20261201T180000", "RRULE:FREQ=DAILY;COUNT=10000000"], "A series can have at most 1000 dates."),
        (["DTSTART:20261201T180000", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], "It has several rules."),
        (["DTSTART:20261201T180000", "RRULE:FREQ=DAILY;UNTIL=20261399T000000Z"], "The day on which it ends does not"),
        (["DTSTART:20261201T180000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T180000"], "It changes a series from"),
        (["DTSTART:20261201", "RRULE:FREQ=WEEKLY", "EXDATE:" + "20270101," * 201], "At most 200 days can be listed."),
        (["DTSTART:20261201T180000", "no colon at all"], "This line cannot be read: “no colon at all”."),
        (["DTSTART:20261201T180000", "DESCRIPTION:" + "x" * 200_000], "One of its lines is longer"),
    ],
)
def test_what_cannot_be_is_told(lines, told):
    assert entry(*lines).problem.startswith(told)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "This is no calendar file: it does not begin with BEGIN:VCALENDAR."),
        (b"\xff\xfeB\x00", "The file is not in UTF-8. Export it anew, as iCalendar (.ics)."),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "There is no event in this calendar."),
        (b"x" * (MOST_BYTES + 1), "The file is larger than 5 MB. Take a shorter span of time when you export it."),
        (
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * (MOST_ENTRIES + 1),
            "The file has 501 entries; at most 500 can be imported at once.",
        ),
    ],
)
def test_what_is_no_calendar_is_told(data, told):
    with pytest.raises(ValidationError) as caught:
        entries_in(data)

    assert caught.value.messages == [told]


def test_entries_that_have_no_end_are_accounted_for():
    raw = entries_in(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201\nBEGIN:VEVENT\nDTSTART:20261202\nEND:VEVENT")

    assert [(each.number, each.problem) for each in raw] == [(1, "It has no end."), (2, "")]


def test_without_a_name_an_entry_is_known_by_what_it_says():
    first, again, other = (entry("SUMMARY:A", f"DTSTART:{day}").uid for day in ("20261201", "20261201", "20261202"))

    assert (first == again, first == other, first[:8]) == (True, False, "without:")

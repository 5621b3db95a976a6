"""On which days a series takes place, held against dateutil, and what no rule may be."""

from datetime import date, datetime, time, timedelta
from time import process_time as time_spent
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from events.recurrence import MOST_LISTED, Recurrence, checked_rule, days_in, days_text
from events.zoned import instant_at

EASTERN = ZoneInfo("America/New_York")
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

intervals = st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=3"])
ends = st.sampled_from(["", ";COUNT=9", ";UNTIL=20270630"])
rules = st.one_of(
    st.builds("FREQ=DAILY{}{}".format, intervals, ends),
    st.builds(
        lambda days, interval, end: f"FREQ=WEEKLY{interval};BYDAY={','.join(sorted(days, key=WEEKDAYS.index))}{end}",
        st.sets(st.sampled_from(WEEKDAYS), min_size=1, max_size=4),
        intervals,
        ends,
    ),
    st.builds(
        "FREQ=MONTHLY{};BYDAY={}{}{}".format,
        intervals,
        st.sampled_from(["1", "2", "3", "4", "-1"]),
        st.sampled_from(WEEKDAYS),
        ends,
    ),
    st.builds("FREQ=MONTHLY{};BYMONTHDAY={}{}".format, intervals, st.integers(1, 31), ends),
    st.builds("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, st.sampled_from([3, 11]), st.integers(1, 28)),
)
# The clocks are set back on November 1, 2026 and forward on March 14, 2027.
starts = st.dates(date(2026, 9, 1), date(2027, 4, 1))


@settings(max_examples=100, deadline=None)
@given(rule=rules, day=starts, at=st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_series_is_on_the_days_that_dateutil_finds_by_the_local_clock(rule, day, at):
    by_the_clock = rule.replace("UNTIL=20270630", "UNTIL=20270630T235959")  # the day itself counts for us
    first = rrulestr(by_the_clock, dtstart=datetime.combine(day, at)).after(datetime.combine(day, at), inc=True)
    if first is None:
        return
    begin, end = date(2026, 9, 1), date(2028, 1, 1)
    by_dateutil = rrulestr(by_the_clock, dtstart=first).between(
        datetime.combine(begin, time()), datetime.combine(end, time()) - timedelta(seconds=1), inc=True
    )

    recurrence = Recurrence(first.date(), checked_rule(rule))
    recurrence.check()
    found = recurrence.days(begin, end)

    assert found == [moment.date() for moment in by_dateutil]


@settings(max_examples=30, deadline=None)
@given(day=starts)
def test_six_in_the_evening_stays_six_in_the_evening(day):
    days = Recurrence(day, "FREQ=DAILY").days(day, day + timedelta(days=400))

    clocks = {instant_at(each, time(18), EASTERN).astimezone(EASTERN).time() for each in days}

    assert clocks == {time(18)}


@settings(max_examples=30, deadline=None)
@given(rule=rules, day=starts, cuts=st.lists(starts, min_size=2, max_size=2, unique=True).map(sorted))
def test_what_is_asked_for_in_two_parts_is_what_is_asked_for_at_once(rule, day, cuts):
    recurrence = Recurrence(day, checked_rule(rule))

    parts = recurrence.days(date(2026, 1, 1), cuts[0]) + recurrence.days(cuts[0], cuts[1])

    assert parts == recurrence.days(date(2026, 1, 1), cuts[1])


def test_days_are_added_and_left_out():
    recurrence = Recurrence(
        date(2026, 11, 24),
        "FREQ=WEEKLY;BYDAY=TU",
        extra_days=(date(2026, 12, 3),),
        left_out=(date(2026, 12, 8),),
    )

    assert recurrence.days(date(2026, 11, 1), date(2026, 12, 20)) == [
        date(2026, 11, 24),
        date(2026, 12, 1),
        date(2026, 12, 3),
        date(2026, 12, 15),
    ]


def test_an_event_that_takes_place_once_has_one_day():
    once = Recurrence(date(2026, 11, 24))

    assert once.days(date(2026, 1, 1), date(2030, 1, 1)) == [date(2026, 11, 24)]
    assert once.ends_on == date(2026, 11, 24)


def test_these_dates_need_no_rule():
    listed = Recurrence(date(2026, 11, 24), extra_days=(date(2027, 1, 5), date(2027, 2, 9)))

    assert listed.days(date(2026, 1, 1), date(2027, 2, 1)) == [date(2026, 11, 24), date(2027, 1, 5)]


def test_a_later_part_begins_where_the_earlier_ends():
    earlier = Recurrence(date(2026, 11, 24), "FREQ=WEEKLY;BYDAY=TU", before_day=date(2027, 1, 6))
    later = Recurrence(date(2027, 1, 6), "FREQ=WEEKLY;BYDAY=WE")

    days = earlier.days(date(2026, 12, 20), date(2027, 1, 20))
    days += later.days(date(2026, 12, 20), date(2027, 1, 20))

    assert days == [date(2026, 12, 22), date(2026, 12, 29), date(2027, 1, 5), date(2027, 1, 6), date(2027, 1, 13)]


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", None),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", date(2026, 12, 8)),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261210", date(2026, 12, 10)),
    ],
)
def test_it_is_known_whether_a_series_ends(rule, last):
    assert Recurrence(date(2026, 11, 24), rule).ends_on == last


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("   ", ""),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"),
        ("byday=tu;freq=weekly;interval=1;", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=DAILY;UNTIL=20270101T045959Z", "FREQ=DAILY;UNTIL=20270101"),
        ("COUNT=5;FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=5"),
    ],
)
def test_a_rule_is_kept_in_one_spelling(text, kept):
    assert checked_rule(text) == kept


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("FREQ=SECONDLY", "An event can repeat by days, weeks, months or years, and not more often."),
        ("FREQ=HOURLY;COUNT=2", "An event can repeat by days, weeks, months or years, and not more often."),
        ("COUNT=2", "An event can repeat by days, weeks, months or years, and not more often."),
        ("FREQ=DAILY;COUNT=10000000", "A series can have at most 1000 dates."),
        ("FREQ=DAILY;COUNT=0", "A series can have at most 1000 dates."),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "Say after how many dates it ends, or on which day, not both."),
        ("FREQ=DAILY;INTERVAL=0", "Choose an interval from 1 to 60, as in “every 2 weeks”."),
        ("FREQ=DAILY;INTERVAL=999", "Choose an interval from 1 to 60, as in “every 2 weeks”."),
        ("FREQ=DAILY;BYHOUR=3", "“BYHOUR=3” is no part of a rule that can be used here."),
        ("FREQ=DAILY;BYDAY=MO", "“BYDAY” cannot be used together with “DAILY”."),
        ("FREQ=WEEKLY;BYDAY=1MO", "There is no such weekday of the month: choose the first to the fifth, or the last."),
        (
            "FREQ=MONTHLY;BYDAY=9MO",
            "There is no such weekday of the month: choose the first to the fifth, or the last.",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "“BYMONTHDAY=32” has a number that no month has."),
        ("FREQ=MONTHLY;BYSETPOS=1", "“BYSETPOS” needs weekdays to choose from."),
        ("FREQ=DAILY;UNTIL=20270231", "The day on which it ends does not exist."),
        ("FREQ=DAILY;FREQ=WEEKLY", "“FREQ=WEEKLY” is no part of a rule that can be used here."),
        ("every tuesday", "“EVERYTUESDAY” is no part of a rule that can be used here."),
        ("FREQ=DAILY\x00", "“FREQ=DAILY\x00” is no part of a rule that can be used here."),
        ("FREQ=DAILY;X=" + "9" * 400, "This rule is too long. Say it by days instead."),
    ],
)
def test_a_rule_that_is_none_is_refused_in_a_sentence(text, told):
    with pytest.raises(ValidationError) as refused:
        checked_rule(text)

    assert refused.value.messages == [told]


@pytest.mark.parametrize(
    ("first_day", "rule", "told"),
    [
        (
            date(2026, 11, 23),
            "FREQ=WEEKLY;BYDAY=TU",
            {
                "first_day": "The series is not on this day of the week or month. "
                "Its first day would be Tuesday, Nov. 24, 2026."
            },
        ),
        (date(2026, 11, 24), "FREQ=WEEKLY;UNTIL=20261101", {"rule": "The series would end before its first day."}),
        (
            date(2026, 11, 24),
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            {"rule": "There is no day at all that fits this rule."},
        ),
    ],
)
def test_a_first_day_that_does_not_fit_is_told(first_day, rule, told):
    with pytest.raises(ValidationError) as refused:
        Recurrence(first_day, rule).check()

    assert refused.value.message_dict == {name: [text] for name, text in told.items()}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9",
        "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1,2,3;UNTIL=99991231",
    ],
)
def test_a_rule_without_a_day_is_given_up_soon(rule):
    began = time_spent()

    found = Recurrence(date(2026, 11, 24), rule).next_ruled_day(date(2026, 11, 24))

    assert (found, time_spent() - began < 0.4) == (None, True)  # until the year 9999 it takes seconds


@pytest.mark.parametrize(
    ("rule", "first", "then"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", date(2044, 2, 29), date(2072, 2, 29)),
        ("FREQ=YEARLY;INTERVAL=60", date(2026, 11, 24), date(2086, 11, 24)),
        ("FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=24;UNTIL=20270831", date(2026, 11, 24), date(2027, 8, 24)),
    ],
)
def test_days_that_are_rare_are_found(rule, first, then):
    recurrence = Recurrence(date(2026, 11, 24), rule)

    found = [recurrence.next_ruled_day(day) for day in (date(2026, 11, 24), first + timedelta(days=1))]

    assert found == [first, then]
    assert recurrence.days(first, then + timedelta(days=1))[-1] == then


def test_the_first_day_that_is_not_left_out_is_found():
    recurrence = Recurrence(date(2026, 11, 24), "FREQ=WEEKLY;COUNT=3")
    days = recurrence.days(date(2026, 11, 1), date(2027, 1, 1))

    assert recurrence.first_ruled_day_without(days[:2]) == (date(2026, 12, 8), 2)
    assert recurrence.first_ruled_day_without(days) == (None, 0)


def test_days_are_read_in_any_order_and_once():
    assert days_in("2026-12-24, 2026-11-26\n2026-12-24") == [date(2026, 11, 26), date(2026, 12, 24)]
    assert days_text(days_in("2026-12-24,2026-11-26")) == "2026-11-26, 2026-12-24"
    assert days_in("") == []


@pytest.mark.parametrize("text", ["2026-02-30", "tomorrow", "24.12.2026", "2026-12-24;2026-12-25", "\x00"])
def test_what_is_no_day_is_named(text):
    with pytest.raises(ValidationError) as refused:
        days_in(text)

    assert refused.value.messages == [f"“{text}” is no day. Write it as year-month-day: 2026-12-24."]


def test_more_days_than_a_list_can_hold_are_refused():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(MOST_LISTED + 1)]

    with pytest.raises(ValidationError) as refused:
        days_in(days_text(days))

    assert refused.value.messages == ["At most 200 days can be listed."]

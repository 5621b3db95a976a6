"""Opening hours as people write them in one line."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from directory.hours_line import parse
from directory.opening import ALL_DAY, Hours, Interval, SpecialDay

OFFICE = (Interval(time(8), time(16, 30)),)
CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Monday to Friday 8:00 a.m. to 4:30 p.m.", "Mon-Fri 8 AM-4:30 PM"),
        ("weekdays 8:00-16:30", "Mon-Fri 8 AM-4:30 PM"),
        ("Mon 8 AM–4:30 PM", "Mon 8 AM-4:30 PM"),
        ("Mon, Wed & Fri 8 AM-noon, 1 PM-5 PM", "Mon, Wed, Fri 8 AM-noon, 1 PM-5 PM"),
        ("Fri-Mon 6 PM-2 AM", "Mon, Fri-Sun 6 PM-2 AM"),
        ("24/7", "Mon-Sun 24 hours"),
        ("Sun 6 PM-midnight", "Sun 6 PM-midnight"),
        ("Mon-Fri 8 AM-4:30 PM; Sun closed", "Mon-Fri 8 AM-4:30 PM"),
        ("Holidays closed", "holidays closed"),
        ("12/24/2026 8 AM-noon (Christmas Eve)", "2026-12-24 8 AM-noon (Christmas Eve)"),
        ("By appointment only", "by appointment"),
        (" ; ", ""),
    ],
)
def test_a_line_is_kept_in_one_way(written, kept):
    assert str(parse(written)) == kept
    assert str(parse(kept)) == kept


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("Mon-Fri 8-4:30", "“Mon-Fri 8-4:30”: say AM or PM."),
        ("Mon-Fri", "“Mon-Fri”: write from when to when, such as 8 AM-4:30 PM, or closed."),
        ("call us", "“call us”: write the days first, such as Mon-Fri 8 AM-4:30 PM."),
        ("Mon 25:00-26:00", "“Mon 25:00-26:00”: there is no such time of day."),
        ("Mon 13 PM-2 PM", "“Mon 13 PM-2 PM”: there is no such time of day."),
        ("Mon eight-nine", "“Mon eight-nine”: a time is written 8 AM, 4:30 PM, noon or 16:30."),
        ("Mon 8 AM-8 AM", "“Mon 8 AM-8 AM”: it would close as it opens. For a whole day write 24 hours."),
        ("2026-02-30 closed", "“2026-02-30 closed”: there is no such date."),
        ("Mon 8 AM-4 PM, 3 PM-5 PM", "Two of these times overlap. Change or remove one of them."),
        ("Mon 10 PM-3 AM; Tue 2 AM-4 AM", "Two of these times overlap. Change or remove one of them."),
    ],
)
def test_what_is_not_clear_is_refused_with_what_to_write(written, sentence):
    with pytest.raises(ValidationError) as refused:
        parse(written)

    assert refused.value.messages == [sentence]


def test_a_line_says_the_hours():
    line = parse("Mon-Tue 8 AM-4:30 PM; Sat 24 hours; 2026-12-25 closed (Christmas Day)")

    assert line.hours() == Hours({0: OFFICE, 1: OFFICE, 5: (ALL_DAY,)}, {CHRISTMAS: SpecialDay("Christmas Day")})


def test_a_holiday_counts_where_the_line_speaks_of_holidays():
    holidays = [(CHRISTMAS, "Christmas Day")]

    assert parse("Fri 8 AM-4:30 PM; holidays closed").hours(holidays).on(CHRISTMAS) == ()
    assert parse("Fri 8 AM-4:30 PM; holidays 9 AM-noon").hours(holidays).on(CHRISTMAS) == (Interval(time(9), time(12)),)
    assert parse("Fri 8 AM-4:30 PM").hours(holidays).on(CHRISTMAS) == OFFICE


def test_a_date_of_its_own_wins_over_the_holiday():
    line = parse("Fri 8 AM-4:30 PM; holidays closed; 2026-12-25 8 AM-4:30 PM")

    assert line.hours([(CHRISTMAS, "Christmas Day")]).on(CHRISTMAS) == OFFICE

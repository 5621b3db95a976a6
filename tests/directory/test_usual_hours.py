"""The usual hours of a number, in words."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from directory.hours_line import parse
from directory.usual_hours import usual_hours_told

SUNDAY_MORNING = datetime(2026, 11, 22, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", ()),
        ("Mon-Fri 8 AM-4:30 PM", ("Monday to Friday, 8 AM to 4:30 PM",)),
        ("Mon-Thu, Sat 8 AM-noon", ("Monday to Thursday, Saturday, 8 AM to noon",)),
        ("Sat-Sun 9 AM-noon, 1 PM-5 PM", ("Saturday and Sunday, 9 AM to noon and 1 PM to 5 PM",)),
        ("Wed 8 AM-4 PM", ("Wednesday, 8 AM to 4 PM",)),
        ("daily 8 AM-8 PM", ("Every day, 8 AM to 8 PM",)),
        ("daily 24 hours", ("24 hours a day, every day",)),
        ("Fri 10 PM-6 AM", ("Friday, 10 PM to 6 AM",)),
        ("Mon 8 AM-4 PM; holidays closed", ("Monday, 8 AM to 4 PM", "Closed on holidays")),
        ("Mon 8 AM-4 PM; holidays 9 AM-noon", ("Monday, 8 AM to 4 PM", "Holidays, 9 AM to noon")),
        ("by appointment", ("By appointment",)),
        (
            "Mon 8 AM-4 PM; 2026-11-27 closed (Founders Day); 2026-12-01 9 AM-noon",
            ("Monday, 8 AM to 4 PM", "November 27 (Founders Day): closed", "December 1: 9 AM to noon"),
        ),
        ("Mon 8 AM-4 PM; 2026-11-20 closed; 2027-01-04 closed", ("Monday, 8 AM to 4 PM",)),
    ],
)
def test_hours_are_told_as_people_say_them(line, told):
    assert usual_hours_told(parse(line), SUNDAY_MORNING) == told


def test_weekdays_are_told_in_the_language_of_the_page():
    with translation.override("es"):
        [told] = usual_hours_told(parse("Wed 24 hours"), SUNDAY_MORNING)

    assert told.startswith("miércoles")

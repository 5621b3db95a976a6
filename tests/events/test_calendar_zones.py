from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.calendar_zones import zone_description

NEW_YORK = """BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZNAME:EDT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZNAME:EST
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE
"""


def test_our_own_zone_is_told_by_its_two_rules():
    assert zone_description("America/New_York", 2026).to_ical().decode() == NEW_YORK.replace("\n", "\r\n")


@pytest.mark.parametrize("name", ["America/New_York", "Europe/Berlin", "America/Phoenix", "Australia/Sydney"])
def test_a_program_that_reads_the_rules_has_the_offsets_of_the_zone(name):
    read = zone_description(name, 2026).to_tz(lookup_tzid=False)

    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for _week in range(150):
        assert read.utcoffset(at.replace(tzinfo=None)) == at.replace(tzinfo=ZoneInfo(name)).utcoffset(), at
        at += timedelta(days=7)


def test_a_zone_without_a_rule_is_left_to_the_library():
    assert zone_description("Africa/Casablanca", 2026) is None  # by the moon

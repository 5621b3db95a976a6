import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ertimes.adt.mapping import MappingError, mapping_from, read_mapping
from ertimes.adt.meaning import NothingToKeep, read_visit
from ertimes.adt.messages import FieldPath, Message, read_header
from ertimes.adt.refusal import RefusedError
from ertimes.adt.times import NoInstantError, read_time
from ertimes.visits import VisitReport
from tests.ertimes.adt import MAPPING, NOON, adt, mapping

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "adt-mapping.toml"
NEW_YORK = ZoneInfo("America/New_York")


def read(data, known=None, at=NOON):
    """Return the Told of `data` by the mapping `known`, received at `at`."""
    known = known or mapping()
    return read_visit(Message(data, read_header(data), known.segments), known, at)


def ago(minutes):
    return NOON - timedelta(minutes=minutes)


# The file.


def test_the_example_says_what_the_tests_of_messages_go_by():
    assert read_mapping(EXAMPLE) == mapping()


def test_the_other_way_to_be_seen_in_the_example_can_be_used():
    lines = EXAMPLE.read_text().splitlines()
    begins = lines.index("# [seen]")
    other_way = tomllib.loads("\n".join(line.removeprefix("# ") for line in lines[begins : begins + 4]))

    seen = mapping(**other_way).seen

    assert (seen.event, str(seen.field), seen.equals) == ("A08", "PV2-38", "WITH PROVIDER")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({}, "It needs a [[department]] at least."),
        ({**MAPPING, "department": []}, "It needs a [[department]] at least."),
        ({**MAPPING, "department": ["norwich"]}, "[[department]] must be a table."),
        ({**MAPPING, "department": [{"facility": "X"}]}, "slug must be a text in quotation marks."),
        (
            {**MAPPING, "department": [{"slug": "a"}]},
            "The department “a” needs a facility or a point_of_care, or both.",
        ),
        (
            {**MAPPING, "department": [{"slug": "a", "facility": [1]}]},
            "facility must be a text in quotation marks, or a list of such.",
        ),
        (
            {"department": MAPPING["department"]},
            "It needs a [seen]: without it no wait can be measured.",
        ),
        ({**MAPPING, "seen": {}}, "[seen] needs either time, or event, field and equals."),
        ({**MAPPING, "seen": "ZED-2"}, "[seen] must be a table."),
        (
            {**MAPPING, "seen": {"event": "A99", "field": "PV2-1", "equals": "x"}},
            "The event of [seen] is one of A01, A03, A04, A08, A11.",
        ),
        (
            {**MAPPING, "seen": {"time": "ZED2"}},
            "time: “ZED2” is not a place in a message, such as PV1-44 or PV1-3.1.",
        ),
        ({**MAPPING, "other_places": "drop"}, "other_places is “refuse” or “ignore”."),
        ({**MAPPING, "zone": "Norwich"}, "zone: “Norwich” is no time zone, such as America/New_York."),
        ({**MAPPING, "zone": 5}, "zone: “5” is no time zone, such as America/New_York."),
        ({**MAPPING, "zone": "../etc"}, "zone: “../etc” is no time zone, such as America/New_York."),
        (
            {**MAPPING, "arival": "PV1-44"},
            "the file has “arival”, which is not known: it may have visit, arrival, zone, processing_ids, "
            "other_places, seen, department.",
        ),
    ],
)
def test_a_wrong_mapping_is_refused_with_what_to_change(table, told):
    with pytest.raises(MappingError) as error:
        mapping_from(table)

    assert str(error.value) == told


@pytest.mark.parametrize("content", [b"seen = [", b"\xff\xfe", None])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    file = tmp_path / "mapping.toml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(MappingError):
        read_mapping(file)


@pytest.mark.parametrize("text", ["PV1-44", "ZED-2", "PV1-3.4", "PV1-3.1.2"])
def test_a_place_in_a_message_is_written_as_it_is_read(text):
    assert str(FieldPath.parse(text)) == text


# What a message tells.


def test_an_arrival_is_told_of_the_department_by_facility_and_point_of_care():
    told = read(adt("A04", visit="V1", arrived="202603021130", sent="20260302115959"))

    assert told.department == "norwich"
    assert told.report == VisitReport("V1", ago(30))
    assert told.sent_at == NOON - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("place", "department"), [("ED", "norwich"), ("EDFAST^2", "norwich"), ("PED^1^1^EXAMPLE", "plainfield")]
)
def test_the_point_of_care_tells_the_departments_of_a_facility_apart(place, department):
    assert read(adt(place=place)).department == department


@pytest.mark.parametrize("event", ["A01", "A03", "A04", "A08", "A11"])
def test_whoever_was_seen_is_told_of_by_any_event(event):
    told = read(adt(event, seen="20260302114500-0500"))

    assert (told.report.seen_at, told.report.cancelled) == (ago(15), event == "A11")


def test_being_seen_can_be_an_event_with_a_text_in_a_field():
    known = mapping(seen={"event": "A08", "field": "PV2-3.2", "equals": "WITH PROVIDER"})
    with_provider = ["PV2|||7^WITH PROVIDER"]

    seen = [
        read(adt(event, recorded=recorded, more=more), known).report.seen_at
        for event, recorded, more in [
            ("A08", "202603021150", with_provider),
            ("A08", "", with_provider),
            ("A04", "202603021150", with_provider),
            ("A08", "202603021150", ["PV2|||7^WAITING"]),
            ("A08", "202603021150", []),
        ]
    ]

    assert seen == [ago(10), NOON, None, None, None]


@pytest.mark.parametrize(
    ("left", "recorded", "minutes"), [("202603021155", "202603021157", 5), ("", "202603021157", 3), ("", "", 0)]
)
def test_a_discharge_tells_when_the_patient_left(left, recorded, minutes):
    told = read(adt("A03", left=left, recorded=recorded))

    assert told.report.left_at == ago(minutes)


def test_what_hl7_calls_null_tells_nothing():
    assert read(adt("A08", seen='""')).report.seen_at is None


def test_a_message_from_a_clock_that_is_ahead_was_sent_when_it_was_received():
    assert read(adt(sent="20260302121000")).sent_at == NOON


@pytest.mark.parametrize(
    ("message", "code", "text"),
    [
        pytest.param(adt(visit=""), "AE", "PV1-19: is missing", id="no visit"),
        pytest.param(adt(arrived=""), "AE", "PV1-44: is missing", id="no arrival"),
        pytest.param(adt(arrived="soon"), "AE", "PV1-44: is not a time", id="no time"),
        pytest.param(adt(arrived="20260302"), "AE", "PV1-44: does not tell the minute", id="a day"),
        pytest.param(adt(seen="2026030225"), "AE", "ZED-2: does not tell the minute", id="an hour"),
        pytest.param(adt(sent="99999999999999"), "AE", "MSH-7: is not a time", id="sent at no time"),
        pytest.param(adt("A03", left="x"), "AE", "PV1-45: is not a time", id="left at no time"),
        pytest.param(
            adt(place="ICU^1"),
            "AE",
            "PV1-3: with MSH-4 names no emergency department of the mapping",
            id="another ward",
        ),
        pytest.param(
            adt(facility="OTHER"),
            "AE",
            "PV1-3: with MSH-4 names no emergency department of the mapping",
            id="another hospital",
        ),
        pytest.param(adt(message_type="ORU"), "AR", "MSH-9: Only ADT messages are taken", id="a laboratory's"),
        pytest.param(
            adt("A02"), "AR", "MSH-9.2: Only the events A01, A03, A04, A08, A11 are taken", id="another event"
        ),
        pytest.param(
            adt(processing_id="T"), "AR", "MSH-11: Test and training messages are not taken", id="a test system's"
        ),
        pytest.param(adt(version="3.0"), "AR", "MSH-12: is no version 2", id="version"),
        pytest.param(adt(control_id=""), "AR", "MSH-10: is missing", id="no control id"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_place(message, code, text):
    with pytest.raises(RefusedError) as refusal:
        read(message)

    assert (refusal.value.code, refusal.value.text) == (code, text)


def test_messages_of_other_wards_can_be_accepted_and_not_kept():
    with pytest.raises(NothingToKeep):
        read(adt(place="ICU^1"), mapping(other_places="ignore"))


def test_a_visit_of_last_week_is_in_order_and_not_kept():
    with pytest.raises(NothingToKeep):
        read(adt("A03", arrived="202602231130", left="202603021130"))


def test_a_test_system_can_be_let_in():
    assert read(adt(processing_id="T"), mapping(processing_ids=["T"])).department == "norwich"


# Times.


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("202603021130", datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
        ("20260302113045", datetime(2026, 3, 2, 16, 30, 45, tzinfo=UTC)),
        ("20260302113045.5", datetime(2026, 3, 2, 16, 30, 45, 500_000, tzinfo=UTC)),
        ("20260302113045.0001", datetime(2026, 3, 2, 16, 30, 45, 100, tzinfo=UTC)),
        ("202603021130+0100", datetime(2026, 3, 2, 10, 30, tzinfo=UTC)),
        ("20260302113045.25-0930", datetime(2026, 3, 2, 21, 0, 45, 250_000, tzinfo=UTC)),
        ("202607021130", datetime(2026, 7, 2, 15, 30, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_hl7_writes_them(text, instant):
    assert read_time(text, NEW_YORK, near=NOON, latest=NOON) == instant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026", "does not tell the minute"),
        ("202603", "does not tell the minute"),
        ("20260302", "does not tell the minute"),
        ("2026030211", "does not tell the minute"),
        ("20260302-0500", "does not tell the minute"),
        ("", "is not a time"),
        ("20263", "is not a time"),
        ("202603021161", "is not a time"),
        ("202613021130", "is not a time"),
        ("202602301130", "is not a time"),
        ("000003021130", "is not a time"),
        ("000101010000+1400", "is not a time"),
        ("999912312359-1200", "is not a time"),
        ("999912312359", "is not a time"),
        ("202603021130.5", "is not a time"),
        ("202603021130-2500", "is not a time"),
        ("202603021130-0560", "is not a time"),
        ("202603021130x", "is not a time"),
        ("２０２６03021130", "is not a time"),
        ("2026-03-02T11:30", "is not a time"),
    ],
)
def test_what_is_no_time_is_refused_with_why(text, why):
    with pytest.raises(NoInstantError) as error:
        read_time(text, NEW_YORK, near=NOON, latest=NOON)

    assert str(error.value) == why


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{0,16}(\.[0-9]{0,7})?([+-][0-9]{0,5})?", fullmatch=True))
def test_any_text_is_a_time_or_refused(text):
    try:
        instant = read_time(text, NEW_YORK, near=NOON, latest=NOON)
    except NoInstantError:
        return
    assert instant.tzinfo is UTC


# 2027-11-07, 2 AM EDT is 1 AM EST: 06:00 UTC.
FIRST, SECOND = datetime(2027, 11, 7, 5, 30, tzinfo=UTC), datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("latest", "near", "instant"),
    [
        pytest.param(FIRST, FIRST, FIRST, id="the second is still to come"),
        pytest.param(SECOND, SECOND, SECOND, id="just now"),
        pytest.param(SECOND, FIRST, FIRST, id="of a message that waited"),
        pytest.param(SECOND - timedelta(minutes=1), SECOND, FIRST, id="a minute before the second"),
        pytest.param(SECOND + timedelta(hours=9), SECOND + timedelta(hours=9), SECOND, id="in the morning"),
        pytest.param(FIRST - timedelta(minutes=1), FIRST, FIRST, id="both still to come"),
    ],
)
def test_a_time_that_comes_twice_is_the_nearest_that_is_not_to_come(latest, near, instant):
    assert read_time("202711070130", NEW_YORK, near=near, latest=latest) == instant


def test_in_the_hour_that_comes_twice_nobody_is_seen_before_they_arrive():
    message = adt("A08", arrived="202711070150", seen="202711070110", sent="202711070300")

    report = read(message, at=datetime(2027, 11, 7, 8, tzinfo=UTC)).report

    assert (report.arrived_at, report.seen_at) == (
        datetime(2027, 11, 7, 5, 50, tzinfo=UTC),
        datetime(2027, 11, 7, 6, 10, tzinfo=UTC),
    )


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(RefusedError) as refusal:
        read(adt(arrived="202703140230", sent="202703140310"), at=datetime(2027, 3, 14, 7, 10, tzinfo=UTC))

    assert (refusal.value.code, refusal.value.text) == (
        "AE",
        "PV1-44: does not exist: the clocks skip this hour",
    )


@given(
    st.datetimes(datetime(2027, 3, 13), datetime(2027, 11, 9), timezones=st.just(UTC)),  # noqa: DTZ001  UTC is added
    st.integers(0, 1799),
)
def test_every_instant_of_the_year_is_read_back_from_the_clocks(instant, seconds):
    instant = instant.replace(microsecond=0)
    received_at = instant + timedelta(seconds=seconds)  # within half an hour no time can be meant twice
    text = instant.astimezone(NEW_YORK).strftime("%Y%m%d%H%M%S")

    assert read_time(text, NEW_YORK, near=received_at, latest=received_at) == instant

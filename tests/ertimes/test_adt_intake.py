import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from ertimes.adt.intake import measure, take_message, unknown_departments
from ertimes.adt.troubles import Troubles
from ertimes.models import Visit, WaitTimeReading
from tests.ertimes.adt import NOON, PRIVATE, adt, mapping, msa, segments
from tests.factories import create_department


@pytest.mark.django_db
def test_a_visit_that_is_accepted_is_stored():
    department = create_department(slug="norwich")

    taken = take_message(adt("A04", arrived="202603021130"), mapping(), NOON)
    take_message(adt("A08", control_id="M2", arrived="202603021130", seen="202603021145"), mapping(), NOON)

    assert segments(taken.answer)["MSA"] == ["MSA", "AA", "M1"]
    assert (taken.department, taken.as_of) == ("norwich", NOON)
    visit = Visit.objects.get()
    assert (visit.department, visit.arrived_at, visit.seen_at, visit.left_at, visit.cancelled) == (
        department,
        NOON - timedelta(minutes=30),
        NOON - timedelta(minutes=15),
        None,
        False,
    )


@pytest.mark.django_db
def test_messages_that_come_twice_and_in_any_order_make_one_visit():
    create_department(slug="norwich")
    messages = [
        adt("A03", left="202603021159"),
        adt("A08", seen="202603021145"),
        adt("A04"),
        adt("A08", seen="202603021145"),
    ]

    answers = [msa(message)[0] for message in messages]

    visit = Visit.objects.get()
    assert answers == ["AA"] * 4
    assert (visit.seen_at, visit.left_at) == (NOON - timedelta(minutes=15), None)


@pytest.mark.django_db
def test_a_cancelled_visit_and_one_that_left_are_kept_as_such():
    create_department(slug="norwich")

    answers = [msa(adt("A11", visit="V1")), msa(adt("A03", visit="V2", left="202603021150"))]

    assert answers == [["AA", "M1"]] * 2
    assert sorted(Visit.objects.values_list("cancelled", "left_at"), key=str) == [
        (False, NOON - timedelta(minutes=10)),
        (True, None),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("message", "text"),
    [
        pytest.param(adt(arrived="202603021202"), "PV1-44: This time is still to come.", id="a clock that is ahead"),
        pytest.param(adt(seen="202603021129"), "ZED-2: This time is before the arrival.", id="seen before arrival"),
        pytest.param(
            adt(arrived="202603011130", seen="202603021145"),
            "ZED-2: Seen more than 24 hours after the arrival.",
            id="seen a day later",
        ),
        pytest.param(adt("A03", left="202603021129"), "This time is before the arrival.", id="left before arrival"),
        pytest.param(
            adt(visit="9" * 201), "PV1-19: The visit needs an id of 1 to 200 printable letters.", id="endless id"
        ),
        pytest.param(adt(place="PED^1"), "The site has no such emergency department.", id="unknown department"),
    ],
)
def test_a_visit_that_cannot_be_is_an_error_and_is_not_stored(message, text):
    create_department(slug="norwich")

    assert msa(message) == ["AE", "M1", text]
    assert Visit.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "measured"), [(14, True), (16, False)])
def test_a_hospital_that_catches_up_is_heard_but_not_measured(minutes, measured):
    create_department(slug="norwich")
    received_at = NOON + timedelta(minutes=minutes)

    taken = take_message(adt(sent="20260302120000"), mapping(), received_at)

    assert (taken.department, taken.as_of) == (("norwich", NOON) if measured else (None, None))
    assert Visit.objects.count() == 1


@pytest.mark.django_db
def test_clocks_that_are_ten_minutes_slow_give_the_same_wait():
    create_department(slug="norwich", smallest_sample=1)

    taken = take_message(adt("A08", seen="202603021145"), mapping(), datetime(2026, 3, 2, 17, 10, tzinfo=UTC))

    assert (taken.department, taken.as_of) == ("norwich", NOON)


@pytest.mark.django_db
def test_nothing_is_accepted_while_the_database_does_not_answer():
    def down(execute, sql, parameters, many, context):
        raise DatabaseError(f"no connection for {parameters}")

    with connection.execute_wrapper(down):
        taken = take_message(adt(), mapping(), NOON)
        trouble = measure("norwich", NOON)

    assert segments(taken.answer)["MSA"][1:] == ["AE", "M1", "The message was not stored. Send it again."]
    assert taken.department is None
    here = f"DatabaseError at {__file__}:"
    assert [told.split(here)[0] for told in (taken.trouble, trouble)] == [
        "An ADT message was not stored: ",
        "A wait was not measured: ",
    ]
    assert "norwich" not in taken.trouble + trouble


@pytest.mark.django_db
def test_nothing_of_the_patient_is_stored_logged_or_answered(caplog):
    create_department(slug="norwich")
    messages = [
        adt(),
        adt("A08", seen="202603021145"),
        adt("A03", left="x4711"),
        adt(arrived="ZEBEDEE"),
        adt(place="MARMALADE"),
        adt(message_type="ORU"),
        adt(character_set="UNICODE UTF-8", seen="ZEBEDEE Ö", encoding="iso8859-1"),
        adt().replace(b"MSH|", b"PID|"),
        adt(more=["ZED|19511224|" + "MRN0815|" * 9000]),
    ]

    with caplog.at_level(logging.DEBUG):
        taken = [take_message(message, mapping(), NOON) for message in messages]

    answers = [one.answer.decode() for one in taken]
    assert [answer.split("\r")[1].split("|")[1] for answer in answers] == [
        *["AA", "AA", "AE", "AE", "AE", "AR", "AR", "AR", "AR"],
    ]
    told = "".join(
        [*answers, *(str(record.__dict__) for record in caplog.records if record.name.startswith("ertimes"))]
    )
    assert [word for word in PRIVATE if word in told or word in everything_stored()] == []
    assert Visit.objects.count() == 1


def everything_stored():
    """Return the content of all tables as one text."""
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own tables
            texts.append(str(cursor.fetchall()))
    return "".join(texts)


@pytest.mark.django_db
def test_departments_that_the_site_has_not_are_told():
    create_department(slug="norwich")

    assert unknown_departments(mapping()) == ["plainfield"]


@pytest.mark.django_db
def test_a_wait_that_can_no_longer_be_measured_is_settled():
    create_department(slug="norwich")

    assert [measure("norwich", NOON), measure("nowhere", NOON)] == ["", ""]
    assert WaitTimeReading.objects.count() == 0


def test_a_trouble_is_logged_once_a_round_and_then_counted(caplog):
    troubles = Troubles()
    for sentence in ["A.", "B.", "", "A.", "A."]:
        troubles.tell(sentence)
    troubles.end_round()
    troubles.tell("A.")
    troubles.end_round()

    assert caplog.messages == ["A.", "B.", "A. (2 times more)", "A."]

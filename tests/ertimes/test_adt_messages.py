import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from ertimes.adt.frames import END, START, Frames, FramingError, TooLongError, framed
from ertimes.adt.intake import measure, take_message, unknown_departments
from ertimes.adt.messages import FieldPath, Message, read_header
from ertimes.adt.refusal import RefusedError
from ertimes.adt.troubles import Troubles
from ertimes.models import Visit, WaitTimeReading
from tests.ertimes.adt import NOON, PRIVATE, adt, mapping
from tests.factories import create_department


def value(data, path):
    header = read_header(data)
    return Message(data, header, {"EVN", "PV1", "ZED"}).value(FieldPath.parse(path))


def segments(answer):
    """Return the fields of each segment of an answer, by the segment's name."""
    text = answer.decode()
    assert text.endswith("\r")
    return {line[:3]: line.split(text[3]) for line in text.rstrip("\r").split("\r")}


def msa(data, at=NOON, known=None):
    """Return MSA of the answer to `data`, without the segment's name."""
    return segments(take_message(data, known or mapping(), at).answer)["MSA"][1:]


NO_MESSAGE = "This is no HL7 version 2 message: it does not begin with MSH and its separators."


# Reading.


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("MSH-4", "EXAMPLE"),
        ("MSH-9", "ADT"),
        ("MSH-9.2", "A04"),
        ("PV1-3", "ED"),
        ("PV1-3.2", "7"),
        ("PV1-3.3.1", "A"),
        ("PV1-3.3.2", ""),
        ("PV1-3.9", ""),
        ("PV1-2.2", ""),
        ("PV1-99", ""),
        ("ZZZ-1", ""),
    ],
)
def test_a_place_in_a_message_is_found(path, text):
    assert value(adt(place="ED^7^A"), path) == text


def test_of_what_is_repeated_the_first_counts():
    message = adt(place="ED^1~ICU^2", more=["PV1|1|E|ICU^9"])

    assert (value(message, "PV1-3"), value(message, "PV1-3.2")) == ("ED", "1")


def test_separators_are_those_that_the_message_names():
    message = b"MSH*:~\\&*EHR*EXAMPLE*SITE*WEB*20260302120000**ADT:A04*M1*P*2.5\rPV1*1*E*ED:7:A&B|^\r"

    assert [value(message, path) for path in ("MSH-9.2", "PV1-3.2", "PV1-3.3.2")] == ["A04", "7", "B|^"]


def test_the_first_fields_may_be_empty():
    message = adt().replace(b"|EHR|", b"||")

    assert (value(message, "MSH-3"), value(message, "MSH-4")) == ("", "EXAMPLE")


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (r"F\S\T\T\R\F\E\E\H\.sp99\X41\ ", r"F^T&R|E\H\.sp99\X41\ ".strip()),
        (r"\\S", r"\\S"),
        (r"\.sp999999999\ ", r"\.sp999999999\ ".strip()),
    ],
)
def test_escaped_separators_are_read_and_nothing_else_is_believed(sent, text):
    assert value(adt(seen=sent), "ZED-2") == text


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_lines_may_end_as_systems_end_them(end):
    assert value(adt(end=end), "PV1-3") == "ED"


@pytest.mark.parametrize(
    ("character_set", "encoding"),
    [
        ("", "utf-8"),
        ("", "iso8859-1"),
        ("UNICODE UTF-8", "utf-8"),
        ("unicode utf-8", "utf-8"),
        ("8859/1", "iso8859-1"),
        ("8859/15", "iso8859-15"),
        ("UNICODE UTF-8~8859/1", "utf-8"),
        ("ASCII", "utf-8"),
    ],
)
def test_the_character_set_of_msh_18_is_honoured(character_set, encoding):
    message = adt(
        facility="Übersee", seen="Łódź" if encoding == "utf-8" else "Öd", character_set=character_set, encoding=encoding
    )

    assert value(message, "MSH-4") == "Übersee"
    assert value(message, "ZED-2") == ("Łódź" if encoding == "utf-8" else "Öd")
    header = read_header(message)
    assert (header.sending_facility, header.character_set) == ("Übersee", character_set.split("~")[0])


def test_segments_that_are_not_asked_for_are_not_even_decoded():
    message = adt(character_set="UNICODE UTF-8").replace("Ö".encode(), b"\xff\xfe")

    assert value(message, "PV1-3") == "ED"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (b"", NO_MESSAGE),
        (b"GET / HTTP/1.1\r\n\r\n", NO_MESSAGE),
        (b"MSH", NO_MESSAGE),
        (b"MSH|^", NO_MESSAGE),
        (b"MSH|^~\\&", NO_MESSAGE),
        (b"MSH|||||||", NO_MESSAGE),
        (b"MSH|^^\\&|", NO_MESSAGE),
        (b"MSH|^~\\&#;|", NO_MESSAGE),
        (b"MSH|^~\\&#|", "MSH-10: is missing"),
        (b"MSH|^~\\&|", "MSH-10: is missing"),
        (b"FHS|^~\\&|\r" + adt(), NO_MESSAGE),
        (adt() + adt(), "There is more than one message in the block."),
        (adt(character_set="UNICODE UTF-16"), "MSH-18: is a character set that is not supported"),
        (
            adt(character_set="UNICODE UTF-8", seen="Ö", encoding="iso8859-1"),
            "MSH-18: does not name the character set that the message is in",
        ),
        (adt(seen="|" * 20_000), "The segments that are read are longer than 16384 bytes."),
    ],
)
def test_what_is_no_message_is_rejected(message, text):
    answer = segments(take_message(message, mapping(), NOON).answer)

    assert (answer["MSA"][1], answer["MSA"][-1]) == ("AR", text)


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda rest: adt()[:60] + rest))
def test_no_bytes_are_accepted_that_are_no_message_and_none_are_unanswered(data):
    assert msa(data)[0] in ("AR", "AE")


# Answers.


def test_the_answer_goes_back_to_the_sender_with_the_control_id():
    message = adt("A08", control_id="20260302-77", arrived="", version="2.3", character_set="UNICODE UTF-8")

    answer = segments(take_message(message, mapping(), NOON).answer)

    sender_and_receiver, control_id = answer["MSH"][2:6], answer["MSH"][9]
    assert answer["MSH"][:2] == ["MSH", "^~\\&"]
    assert sender_and_receiver == ["SITE", "WEB", "EHR", "EXAMPLE"]
    assert answer["MSH"][6:9] == ["20260302170000+0000", "", "ACK^A08^ACK"]
    assert 1 <= len(control_id) <= 20
    assert answer["MSH"][10:] == ["P", "2.3", "", "", "", "", "", "UNICODE UTF-8"]
    assert answer["MSA"] == ["MSA", "AE", "20260302-77", "PV1-44: is missing"]
    assert answer["ERR"] == [
        *["ERR", "", "PV1^1^44", "101^Required field missing^HL70357", "E", "", "", ""],
        "PV1-44: is missing",
    ]


def test_the_answer_uses_the_separators_of_the_sender():
    message = b"MSH:-~\\&:EHR:EXAMPLE:SITE:WEB:20260302120000::ADT-A02:M1:P:2.5\r"

    answer = take_message(message, mapping(), NOON).answer.decode()

    assert answer.startswith("MSH:-~\\&:SITE:WEB:EHR:EXAMPLE:")
    assert "MSA:AR:M1:MSH\\S\\9.2\\F\\ Only the events" in answer
    assert "ERR::MSH-1-9-1-2:201-Unsupported event code-HL70357:E:" in answer


def test_what_is_no_message_at_all_is_answered_in_the_usual_form():
    answer = segments(take_message(b"\x00\xff", mapping(), NOON).answer)

    assert answer["MSH"][8] == "ACK"
    assert answer["MSA"][1:3] == ["AR", ""]


def test_the_answer_repeats_no_more_of_a_header_than_fields_of_a_sane_length():
    message = adt(control_id="9" * 3000, facility="X\x1c\x0bY\x00")

    answer = take_message(message, mapping(), NOON).answer

    assert len(answer) < 1000
    assert (b"\x1c" in answer, b"\x0b" in answer, b"\x00" in answer) == (False, False, False)


# Into the database.


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


# Framing.


def messages_of(*pieces, longest=1000):
    frames = Frames(longest)
    return [message for piece in pieces for message in frames.feed(piece)]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([b"\x0bA\x1c\r\x0bB\x1c\r"], id="two in one"),
        pytest.param([b"\x0bA\x1c", b"\r\x0bB", b"\x1c\r"], id="the end in two pieces"),
        pytest.param([bytes([byte]) for byte in b"\x0bA\x1c\r\x0bB\x1c\r"], id="byte by byte"),
        pytest.param([b"\r\n\x0bA\x1c\r\n\r\n\x0bB\x1c\r\n"], id="line ends between"),
    ],
)
def test_messages_are_found_however_they_come(pieces):
    assert messages_of(*pieces) == [b"A", b"B"]


def test_what_a_message_holds_may_hold_pieces_of_the_frame():
    assert messages_of(b"\x0bA\x1cB\x0bC\r\x1c\r") == [b"A\x1cB\x0bC\r"]


@pytest.mark.parametrize("garbage", [b"GET / HTTP/1.1\r\n", b"\x00", b"MSH|^~\\&|", b"\x0bA\x1c\rB"])
def test_what_is_not_framed_ends_the_conversation(garbage):
    with pytest.raises(FramingError):
        messages_of(garbage)


@pytest.mark.parametrize("pieces", [[b"\x0b" + b"A" * 11], [b"\x0b" + b"A" * 11 + b"\x1c\r"], [b"\x0b"] + [b"A"] * 13])
def test_a_message_that_is_too_long_ends_it_too_with_its_beginning(pieces):
    with pytest.raises(TooLongError) as error:
        messages_of(*pieces, longest=10)

    assert error.value.head.startswith(b"AAAAAAAAAA")


def test_a_message_may_be_as_long_as_is_said():
    assert messages_of(framed(b"A" * 10), longest=10) == [b"A" * 10]


@given(st.lists(st.binary(max_size=30).filter(lambda message: END not in message + START)), st.data())
def test_any_messages_in_any_pieces_come_out_as_they_were(messages, data):
    stream = b"".join(framed(message) for message in messages)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=10)))
    pieces = [stream[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]

    assert messages_of(*pieces) == messages


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_any_bytes_are_messages_or_end_the_conversation(pieces):
    try:
        found = messages_of(*pieces, longest=20)
    except FramingError:
        return
    assert all(len(message) <= 20 for message in found)


def test_a_refusal_says_what_is_wrong_and_where():
    with pytest.raises(RefusedError) as refusal:
        Message(adt(control_id=""), read_header(adt(control_id="")), {"PV1"})

    assert str(refusal.value) == "MSH-10: is missing"

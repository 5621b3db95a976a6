import pytest
from hypothesis import given
from hypothesis import strategies as st

from ertimes.adt.intake import take_message
from ertimes.adt.messages import FieldPath, Message, read_header
from ertimes.adt.refusal import RefusedError
from tests.ertimes.adt import NOON, adt, mapping, msa, segments

NO_MESSAGE = "This is no HL7 version 2 message: it does not begin with MSH and its separators."


def value(data, path):
    header = read_header(data)
    return Message(data, header, {"EVN", "PV1", "ZED"}).value(FieldPath.parse(path))


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


def test_a_refusal_says_what_is_wrong_and_where():
    with pytest.raises(RefusedError) as refusal:
        Message(adt(control_id=""), read_header(adt(control_id="")), {"PV1"})

    assert str(refusal.value) == "MSH-10: is missing"


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

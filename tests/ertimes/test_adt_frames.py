import pytest
from hypothesis import given
from hypothesis import strategies as st

from ertimes.adt.frames import END, START, Frames, FramingError, TooLongError, framed


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

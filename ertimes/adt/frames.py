"""MLLP: how HL7 messages stand in a stream of bytes. A vertical tab, the message, a file separator, a line end.

Written here, as the reader of the hl7 library builds on the inside of asyncio's own, has one character set for
a whole connection, and throws an overlong message away without saying whose it was.
"""

START, END = b"\x0b", b"\x1c\r"
BETWEEN = b"\r\n"  # what some senders put between two messages


class FramingError(Exception):
    """What comes is not MLLP. The text says why, without repeating it."""


class TooLongError(FramingError):
    """A message is longer than may be; `head` is its beginning, for the answer."""

    def __init__(self, head):
        super().__init__("A message is too long.")
        self.head = head


def framed(message):
    """Return `message` (bytes) as it is sent."""
    return START + message + END


class Frames:
    """Collects bytes as they come and gives out messages as they are whole."""

    HEAD = 4096  # bytes

    def __init__(self, longest):
        """A message may have `longest` bytes."""
        self._longest = longest
        self._buffer = bytearray()
        self._searched = 0

    @property
    def has_begun(self):
        """Return whether a message has begun that is not whole yet."""
        return bool(self._buffer)

    def feed(self, data):
        """Take `data` (bytes) and yield each message that is whole now, as bytes without its frame.

        Raises FramingError where something else than a message begins, or one is too long; nothing that comes
        later on that connection can be trusted.
        """
        self._buffer += data
        while True:
            if self._searched == 0:
                self._buffer = self._buffer.lstrip(BETWEEN)
                if self._buffer and not self._buffer.startswith(START):
                    raise FramingError("What is sent is not framed as MLLP.")
            end = self._buffer.find(END, self._searched)
            if (len(self._buffer) if end < 0 else end) > len(START) + self._longest:
                raise TooLongError(bytes(self._buffer[len(START) : self.HEAD]))
            if end < 0:
                self._searched = max(0, len(self._buffer) - 1)  # the end may have come by half
                return
            message = bytes(self._buffer[len(START) : end])
            del self._buffer[: end + len(END)]
            self._searched = 0
            yield message

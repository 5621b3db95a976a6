"""What a test reads of a response."""


def body_of(response):
    """Return the bytes of `response`, whether or not it is streamed; a file that is sent is closed by that."""
    return b"".join(response.streaming_content) if response.streaming else response.content

"""A mail address in the one spelling by which it is stored, compared and looked for."""

import unicodedata
from contextlib import suppress


def normalized(email):
    """Return `email` with its domain in small ASCII letters (“bücher.example” is “xn--bcher-kva.example”).

    What stands before the @ keeps its letters as they were typed: some mail servers tell them apart.
    A domain that cannot be written so stays as it is: whether it is one is for the form to say.
    """
    local, at, domain = unicodedata.normalize("NFC", email.strip()).rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    return f"{local}{at}{domain.lower()}"


def readable(email):
    """Return `email` as people write it, its domain in their own letters."""
    local, at, domain = email.rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    return f"{local}{at}{domain}"


def masked(email):
    """Return enough of `email` for its owner to know it, and too little for others to write to it: r•••@example.org."""
    local, at, domain = readable(email).rpartition("@")
    return f"{local[:1]}•••{at}{domain}"

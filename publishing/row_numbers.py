"""The number of a row, as an address or a form names it."""

MOST_DIGITS = 18  # any such number fits the columns of both databases


def row_number(text):
    """Return the number that `text`, from a request, names; None where it names none that a row could have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None

"""The opening words of a text, ended where a reader would end them."""

import re
from html import unescape

from django.utils.html import strip_tags

# Closing quotes and brackets belong to the sentence; the point of a form of address ends none.
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bSt\.)[\"”’)]*(?=\s)")


def plain_text(text):
    """Return the words of `text` (plain or HTML) in one line, without markup."""
    # A tag that ends a paragraph is a space between words: strip_tags alone would glue them.
    spaced = re.sub(r"</(p|li|h\d|td|th|blockquote)>|<br>", r" \g<0>", text)
    return " ".join(unescape(strip_tags(spaced)).split())


def excerpt(text, limit=180):
    """Return the opening of `text` (plain or HTML) in at most `limit` characters.

    It ends after a sentence where one ends in the second half of the limit, else after a word with
    "…"; never inside a word and never with "[...]". A short text comes back whole.
    """
    plain = plain_text(text)
    if len(plain) <= limit:
        return plain
    head = plain[: limit + 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(head) if match.end() >= limit // 2]
    if ends:
        return head[: ends[-1]]
    words = plain[:limit].rsplit(" ", 1)[0] if " " in plain[:limit] else plain[: limit - 1]
    return words.rstrip(" ,;:–—-") + "…"

"""A stored text as lines of plain characters, each of which knows where it stands in what is stored.

So a number that markup cuts in two ("860-425-3800</a>, ext. 2215") is read as one, and each of its digits can be
exchanged while every other character of the text stays as it is.
"""

import html
import re
from dataclasses import dataclass

# As the cleaner writes them: a quoted attribute may hold a ">".
_PIECE = re.compile(r'<(?:[^"<>]|"[^"]*")*>|&(?:#\w+|\w+);|[^<&]+|.', re.DOTALL)
_TAG = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
_HREF = re.compile(r'\shref="([^"]*)"', re.IGNORECASE)
_WITHIN_A_LINE = {"a", "strong", "em"}


@dataclass(frozen=True)
class Line:
    """One paragraph, heading, item or cell, or what a link leads to.

    `places` are pairs (begin, end) of what is stored, one for each character of `text`. `before` is how many lines
    of text stand above it; `link_words` are the words of a link, None for a line of text.
    """

    text: str
    places: list
    before: int
    link_words: str | None = None


def plain_lines(text):
    """Return the Lines of a text without markup."""
    lines, begin = [], 0
    for number, line in enumerate(text.split("\n")):
        lines.append(Line(line, [(begin + place, begin + place + 1) for place in range(len(line))], number))
        begin += len(line) + 1
    return lines


def address_line(text, words=""):
    """Return the Line of a field that holds nothing but where a link leads."""
    return Line(text, [(place, place + 1) for place in range(len(text))], 0, link_words=words)


def rich_lines(text):
    """Return the Lines of `text`, HTML as RichTextField stores it: those of its text first, then those of its links."""
    reader = _Reader()
    for piece in _PIECE.finditer(text):
        reader.take(piece)
    reader.end_line()
    return [*reader.lines, *reader.links]


class _Reader:
    def __init__(self):
        self.lines, self.links = [], []
        self._text, self._places = [], []
        self._link = None  # (characters, places, where its words begin on the line)

    def take(self, piece):
        part = piece[0]
        if part[0] == "<" and len(part) > 1:
            self._tag(piece)
        elif part[0] == "&" and len(part) > 1:
            self._add(html.unescape(part)[:1], piece.start(), piece.end())
        else:
            for place, character in enumerate(part, start=piece.start()):
                self._add(" " if character == "\n" else character, place, place + 1)

    def end_line(self):
        self._end_link()
        if "".join(self._text).strip():
            self.lines.append(Line("".join(self._text), self._places, len(self.lines)))
        self._text, self._places = [], []

    def _add(self, character, begin, end):
        self._text.append(character)
        self._places.append((begin, end))

    def _tag(self, piece):
        name = (_TAG.match(piece[0]) or ("", ""))[1].lower()
        if name not in _WITHIN_A_LINE:
            self.end_line()
        elif name == "a":
            self._end_link()
            href = _HREF.search(piece[0])
            if href:
                characters, places = _unescaped(href[1], piece.start() + href.start(1))
                self._link = characters, places, len(self._text)

    def _end_link(self):
        if self._link is not None:
            characters, places, begin = self._link
            self.links.append(Line(characters, places, len(self.lines), link_words="".join(self._text[begin:])))
        self._link = None


def _unescaped(text, begin):
    characters, places = [], []
    for piece in re.finditer(r"&(?:#\w+|\w+);|.", text, re.DOTALL):
        characters.append(html.unescape(piece[0])[:1])
        places.append((begin + piece.start(), begin + piece.end()))
    return "".join(characters), places

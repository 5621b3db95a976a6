"""A text of an editor as plain text for a mail: wrapped, with signs for lists and each link behind its words."""

import textwrap
from html.parser import HTMLParser

from .full_addresses import absolute_address

WIDTH = 72
PARAGRAPHS = {"p", "h2", "h3", "h4", "li", "blockquote", "tr", "ul", "ol", "table"}
CELLS = {"th", "td"}


def wrapped(text, first="", rest=""):
    """Return `text` in lines of at most WIDTH signs, `first` before the first one and `rest` before the others.

    An address is never broken, however long it is.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    told = []
    for number, line in enumerate(lines):
        begin = first if number == 0 else rest
        told += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=begin,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(told)


def underlined(text, sign="-"):
    """Return a heading of a plain text: its lines, and below them a line of `sign`."""
    told = wrapped(text)
    return f"{told}\n{sign * max(map(len, told.splitlines()), default=0)}"


def mail_text(html, path="/"):
    """Return `html`, a text as RichTextField stores it, as plain text. Its links are those of the page at `path`."""
    reader = _Reader(path)
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.told


class _Reader(HTMLParser):
    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.told = ""
        self.words = []
        self.lists = []  # of each open list the number of its next item, None for one without numbers
        self.quoted = 0
        self.cells = 0
        self.sign = ""  # of the item that begins
        self.tag = ""
        self.last = ""  # the kind of what was told last
        self.links = []  # of each open link (address, place of its first word)

    def handle_starttag(self, tag, attrs):
        if tag == "p" and self.cells:
            self.words.append(" ")
        elif tag in PARAGRAPHS:
            self.end()
            self.tag = tag
        if tag in ("ul", "ol"):
            self.lists.append(_number(dict(attrs).get("start")) if tag == "ol" else None)
        elif tag == "li" and self.lists:
            number = self.lists[-1]
            self.sign = "- " if number is None else f"{number}. "
            if number is not None:
                self.lists[-1] = number + 1
        elif tag == "blockquote":
            self.quoted += 1
        elif tag == "br":
            self.words.append("\n")
        elif tag == "hr":
            self.end()
            self._add("* * *", "hr")
        elif tag in CELLS:
            self.cells += 1
            if "".join(self.words).strip():
                self.words.append(" | ")
        elif tag == "a":
            self.links.append((absolute_address(dict(attrs).get("href") or "", self.path), len(self.words)))

    def handle_endtag(self, tag):
        if tag == "a" and self.links:
            self._end_link()
        elif tag in CELLS:
            self.cells = max(0, self.cells - 1)
        elif tag in PARAGRAPHS and not (tag == "p" and self.cells):
            self.end()
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
                self.last = self.last if self.lists else tag
            elif tag == "blockquote":
                self.quoted = max(0, self.quoted - 1)

    def handle_data(self, data):
        self.words.append(data.replace("\n", " "))

    def _end_link(self):
        address, begin = self.links.pop()
        words = " ".join("".join(self.words[begin:]).split())
        if address and words not in (address, address.partition(":")[2]):
            self.words.append(f" ({address})" if words else address)

    def end(self):
        """Tell the paragraph that ends here."""
        text = "\n".join(" ".join(line.split()) for line in "".join(self.words).split("\n")).strip()
        self.words = []
        if not text:
            return
        if self.tag in ("h2", "h3", "h4"):
            self._add(underlined(text), "heading")
            return
        quote = "> " * self.quoted
        indent = quote + "  " * max(0, len(self.lists) - 1)
        sign, self.sign = self.sign, ""
        first = indent + (sign or ("  " if self.lists else ""))
        rest = indent + " " * len(sign) if sign else first
        self._add(wrapped(text, first, rest), "row" if self.tag == "tr" else "item" if self.lists else "paragraph")

    def _add(self, text, kind):
        # Items of a list and rows of a table stand close together.
        close = kind == self.last and kind in ("item", "row")
        self.told += ("\n" if close else "\n\n" if self.told else "") + text
        self.last = kind


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1

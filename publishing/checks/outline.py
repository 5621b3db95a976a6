"""A rich text taken apart: its paragraphs, headings and cells in order, and its links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
BLOCKS = {"p", "li", "blockquote", "th", "td", "h2", "h3", "h4", "ul", "ol", "table", "thead", "tbody", "tr", "hr"}
CELLS = {"th", "td"}


@dataclass(frozen=True)
class Element:
    """One paragraph, item, cell or heading. `text` has single spaces; a line break in it is a new line."""

    tag: str
    text: str
    in_table: bool = False

    @property
    def heading_level(self):
        """Return 2, 3 or 4 for a heading, None for anything else."""
        return HEADINGS.get(self.tag)


@dataclass
class Outline:
    """`elements` leaves out what is empty, except headings and cells. `links` are pairs (href, text)."""

    elements: list = field(default_factory=list)
    links: list = field(default_factory=list)


def outline_of(html):
    """Return the Outline of `html`, a text as RichTextField stores it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_element()
    return reader.outline


def one_spaced(text):
    """Return `text` with single spaces and without empty lines."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.outline = Outline()
        self.tag = "p"
        self.words = []
        self.href = None
        self.link_words = []
        self.tables = 0
        self.cell_begins_at = 0

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.end_element()
            self.tag = tag
            if tag == "table":
                self.tables += 1
            if tag in CELLS:
                self.cell_begins_at = len(self.outline.elements)
        elif tag == "br":
            self.words.append("\n")
            self.link_words.append(" ")
        elif tag == "a":
            self.end_link()
            self.href = dict(attrs).get("href") or ""
            self.link_words = []

    def handle_endtag(self, tag):
        if tag == "a":
            self.end_link()
        elif tag in BLOCKS:
            self.end_element(closed=tag)
            if tag == "table":
                self.tables -= 1
            if tag in CELLS and len(self.outline.elements) == self.cell_begins_at:
                self.outline.elements.append(Element(tag, "", in_table=True))

    def handle_data(self, data):
        self.words.append(data.replace("\n", " "))
        if self.href is not None:
            self.link_words.append(data)

    def end_element(self, closed=None):
        text = one_spaced("".join(self.words))
        if text or (closed in HEADINGS and closed == self.tag):
            self.outline.elements.append(Element(self.tag, text, in_table=self.tables > 0))
        self.words = []
        self.tag = "p"

    def end_link(self):
        if self.href is not None:
            self.outline.links.append((self.href, " ".join("".join(self.link_words).split())))
        self.href = None

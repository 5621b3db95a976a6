"""Which fields of the site's things hold numbers, and the numbers that stand in the fields of one row."""

from collections import Counter
from dataclasses import dataclass

from publishing.checks.manuscript import TITLES, holds_address, shown_texts
from publishing.rich_text import RichTextField
from publishing.tracking import part_relations, tracked_models

from .lines import Line, address_line, plain_lines, rich_lines
from .numbers import Written, may_hold_numbers, numbers_on

LINES_ABOVE = 3
AROUND = 120  # characters that are kept on each side of a number


@dataclass(frozen=True)
class Place:
    """A model whose rows hold texts. `owner` is the name of the field to the thing that it is part of, or None."""

    model: type
    thing_model: type
    owner: str | None

    @property
    def label(self):
        return self.model._meta.label_lower

    @property
    def fields(self):
        return shown_texts(self.model)

    def thing_id(self, row):
        """Return the primary key of the thing to which `row` belongs."""
        return getattr(row, self.model._meta.get_field(self.owner).attname) if self.owner else row.pk


def places():
    """Return the Places of the site: tracked models and their parts."""
    found = []
    for model in tracked_models():
        found.append(Place(model, model, None))
        found.extend(
            Place(each.related_model, model, each.field.name)
            for each in part_relations(model)
            if each.related_model is not model
        )
    return [place for place in found if place.fields]


@dataclass(frozen=True)
class Found:
    """A Written number in the field `field`. `near` are the texts that may say whose it is, the nearest first."""

    field: str
    in_link: bool
    nth: int
    written: Written
    line: Line
    near: tuple

    @property
    def around(self):
        """Return the words around it, as an editor reads them."""
        if self.in_link:
            return f"{self.near[0]} [{self.line.text}]"[:300]
        text, begin, end = self.line.text, self.written.begin, self.written.end
        first, last = max(0, begin - AROUND), min(len(text), end + AROUND)
        words = f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
        return " ".join(words.split())[:300]


def numbers_in(model, texts):
    """Return every Found number in `texts`, {name of a field of `model`: its value}."""
    title = next((str(texts[name]) for name in TITLES if texts.get(name)), "")
    found = []
    for field in shown_texts(model):
        value = texts.get(field.name)
        if isinstance(value, str) and may_hold_numbers(value):
            found += _in_field(field, value, title)
    return found


def _in_field(field, value, title):
    lines = lines_of(field, value)
    texts = [line.text for line in lines if line.link_words is None]
    seen = Counter()
    found = []
    for line in lines:
        for written in numbers_on(line):
            in_link = line.link_words is not None
            above = texts[max(0, line.before - LINES_ABOVE) : line.before][::-1]
            own = [line.link_words, *texts[line.before : line.before + 1]] if in_link else [line.text]
            found.append(Found(field.name, in_link, seen[in_link, written.words], written, line, (*own, *above, title)))
            seen[in_link, written.words] += 1
    return found


def lines_of(field, value):
    """Return the Lines of `value`, what is stored in `field`."""
    if isinstance(field, RichTextField):
        return rich_lines(value)
    return [address_line(value)] if holds_address(field) else plain_lines(value)


def with_others(value, changes):
    """Return `value` with other numbers: `changes` are pairs of a Found of it and what `rewritten` gives for it."""
    edits = []
    for found, characters in changes:
        places = found.line.places[found.written.begin : found.written.end]
        words = found.written.words
        edits += [
            (begin, end, new) for (begin, end), old, new in zip(places, words, characters, strict=True) if new != old
        ]
    for begin, end, new in sorted(edits, reverse=True):
        value = value[:begin] + new + value[end:]
    return value

"""A thing as the checks read it: its parts, what is written in them, the links and the pictures."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from ..models import Image
from ..rich_text import RichTextField
from ..tracking import parts_of
from .outline import Element, one_spaced, outline_of

# A thing is called by the first of these fields that it has; in a part, they stand above its text.
TITLES = ("headline", "name", "title", "heading")

_unchecked = defaultdict(set)


def leave_unchecked(model, *names):
    """Keep the checks out of the fields `names` of `model`, which no visitor reads."""
    _unchecked[model] |= set(names)


@dataclass(frozen=True)
class Passage:
    """What is written in one field. `elements` are its paragraphs; a field of one line has one."""

    part: models.Model
    field: str
    elements: list
    rich: bool = False
    title: bool = False
    several_lines: bool = False

    @property
    def text(self):
        """Return the whole as plain text, a line for each paragraph."""
        return "\n".join(element.text for element in self.elements)


@dataclass(frozen=True)
class Link:
    """A link in a text, or in a field of its own; then `field` holds the address and `text_field` the words.

    `text` is None where the field of the address has none for words.
    """

    part: models.Model
    field: str
    href: str
    text: str | None
    text_field: str


@dataclass(frozen=True)
class UsedPicture:
    """A picture of the library in the field where it is used."""

    part: models.Model
    field: str
    image: Image


@dataclass
class Manuscript:
    """`thing` with everything that checks ask about it, for going live at `at` (aware datetime)."""

    thing: models.Model
    at: datetime
    parts: list
    passages: list = field(default_factory=list)
    links: list = field(default_factory=list)
    pictures: list = field(default_factory=list)

    @property
    def address(self):
        """Return the path of its page, or "/" where it has none of its own."""
        return self.thing.get_absolute_url() if hasattr(self.thing, "get_absolute_url") else "/"


def read(thing, at):
    """Return the Manuscript of `thing` as it is in the database now."""
    manuscript = Manuscript(thing, at, parts_of(thing))
    used = []
    for part in manuscript.parts:
        texts = shown_texts(type(part))
        for model_field in part._meta.concrete_fields:
            if _is_picture(model_field):
                if getattr(part, model_field.attname) is not None:
                    used.append((part, model_field))
            elif model_field in texts:
                _read_text(manuscript, part, model_field)
    images = Image.objects.in_bulk({getattr(part, model_field.attname) for part, model_field in used}) if used else {}
    manuscript.pictures = [
        UsedPicture(part, model_field.name, images[getattr(part, model_field.attname)]) for part, model_field in used
    ]
    return manuscript


def position_of(manuscript):
    """Return a function from a part and a field's name to where that stands on the editing screen."""
    # By identity of the row: a registered check may hand back another object of the same row.
    places = {(part._meta.concrete_model, part.pk): number for number, part in enumerate(manuscript.parts)}

    def position(part, name):
        names = [model_field.name for model_field in part._meta.fields]
        place = places.get((part._meta.concrete_model, part.pk), len(places))
        return place, names.index(name) if name in names else len(names)

    return position


def _is_picture(model_field):
    return isinstance(model_field, models.ForeignKey) and model_field.related_model is Image


def shown_texts(model):
    """Return the fields of `model` that visitors read, in their order: no choice, no code and no note for staff."""
    unchecked = _unchecked.get(model._meta.concrete_model, ())
    return [
        model_field
        for model_field in model._meta.concrete_fields
        if type(model_field) in (models.CharField, models.TextField, models.URLField, RichTextField)
        and model_field.editable
        and not model_field.choices
        and model_field.name not in unchecked
    ]


def holds_address(model_field):
    """Return whether the whole of the field is where a link leads."""
    name = model_field.name
    return name == "address" or name.endswith("_address") or isinstance(model_field, models.URLField)


def _read_text(manuscript, part, model_field):
    name, value = model_field.name, getattr(part, model_field.attname) or ""
    if isinstance(model_field, RichTextField):
        outline = outline_of(value)
        manuscript.passages.append(Passage(part, name, outline.elements, rich=True))
        manuscript.links += [Link(part, name, href, text, name) for href, text in outline.links]
    elif holds_address(model_field):
        if value:
            label = name.removesuffix("address") + "label"
            words = getattr(part, label, None)
            manuscript.links.append(Link(part, name, value, words, name if words is None else label))
    else:
        several = isinstance(model_field, models.TextField)
        lines = one_spaced(value).split("\n") if value else []
        title = name in TITLES
        manuscript.passages.append(
            Passage(part, name, [Element("p", line) for line in lines], title=title, several_lines=several)
        )

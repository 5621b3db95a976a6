"""The columns of a file of contacts: what each is called, and how else people head it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from search.words import folded


@dataclass(frozen=True)
class Column:
    """`name` is what an export writes above it; `others` are folded headings that mean the same."""

    name: str
    label: str
    others: tuple = ()


COLUMNS = (
    Column("id", _("id"), ("contact id", "number of the contact")),
    Column("section", _("section"), ("category", "heading", "group", "part", "seccion")),
    Column("position", _("position"), ("pos", "order", "place", "nr", "no", "#")),
    Column("name", _("name"), ("contact", "contact name", "department", "department name", "service", "nombre")),
    Column("title", _("title"), ("job title", "role title", "job", "titulo")),
    Column("also_known_as", _("also known as"), ("aka", "other names", "synonyms", "keywords", "alias", "aliases")),
    Column("note", _("note"), ("notes", "remark", "remarks", "comment", "comments", "public note")),
    Column("email", _("e-mail"), ("e mail", "mail", "email address", "e mail address", "correo")),
    Column("web", _("web address"), ("website", "web site", "url", "web page", "homepage", "link")),
    Column("languages", _("languages"), ("language", "spoken languages", "idiomas")),
    Column("kind", _("kind of number"), ("kind of number", "type", "number type", "phone type", "line type")),
    Column(
        "phone",
        _("phone"),
        *[("telephone", "phone number", "telephone number", "number", "tel", "tel no", "phone no", "ph", "telefono")],
    ),
    Column("extension", _("extension"), ("ext", "extn", "x", "ext no", "extension number")),
    Column("short_code", _("short code"), ("shortcode", "code", "text code")),
    Column("label", _("label"), ("number label", "which", "purpose")),
    Column("spoken_label", _("spoken label"), ("spoken", "say", "spoken as")),
    Column("hours", _("hours"), ("opening hours", "office hours", "open", "times", "horario")),
    Column("published", _("published"), ("live", "public", "visible", "status", "state")),
    Column("source_note", _("note from taking over"), ("source note", "internal note", "staff note")),
)
LABELS = {column.name: column.label for column in COLUMNS}
# Of the contact, in the order in which changes are told; the others are of its number.
OF_THE_CONTACT = (
    *("section", "position", "name", "title", "also_known_as", "note", "email", "web", "languages", "source_note"),
)
OF_THE_NUMBER = ("kind", "label", "spoken_label", "hours")


def key_of_heading(text):
    """Return `text` as headings are compared: "Tel. No.:" is "tel no"."""
    return " ".join(re.sub(r"[^\w#]+|_", " ", folded(text)).split())


_KNOWN = {key_of_heading(heading): column.name for column in COLUMNS for heading in (column.name, *column.others)}


def column_of(heading):
    """Return the name of the column that `heading` means, None for none of ours."""
    return _KNOWN.get(key_of_heading(heading))

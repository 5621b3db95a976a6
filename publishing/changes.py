"""What differs between two versions of a thing, field by field and part by part, in words safe to show.

Only text comes out: what an editor once stored as HTML is taken apart into its words, so that no
screen of the history can run anything.
"""

import difflib
import re
from dataclasses import dataclass, field
from html import unescape

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.formats import date_format, time_format
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .rich_text import RichTextField
from .tracking import is_link_to_whole

# What nobody enters: it follows from where a block stands, which kind it is, or what a picture measures.
UNSEEN = {"region", "ordering", "kind", "file_width", "file_height"}
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|tr|ul|ol|table)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-6])[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li[^>]*>", re.IGNORECASE)
_LINK = re.compile(r"""<a\s[^>]*href="([^"]*)"[^>]*>(.*?)</a>""", re.IGNORECASE | re.DOTALL)
_TOKEN = re.compile(r"\s*\S+|\s+$")  # a word with the space before it
LONGEST_DIFF = 20_000  # words; beyond it two versions are shown whole


@dataclass(frozen=True)
class FieldChange:
    """`before` and `after` are plain text; `marked` is safe HTML with <del> and <ins>."""

    name: str
    label: str
    before: str
    after: str

    @property
    def marked(self):
        return marked(self.before, self.after)


@dataclass(frozen=True)
class PartChange:
    """`how` is "changed", "added", "removed" or "moved"; `fields` are empty for what was only moved."""

    key: tuple  # (model, primary key)
    title: str
    how: str
    fields: list = field(default_factory=list)

    @property
    def how_told(self):
        return {"changed": _("changed"), "added": _("added"), "removed": _("removed"), "moved": _("moved")}[self.how]


def changes(before, after):
    """Return the list of PartChange from Snapshot `before` to Snapshot `after`: the thing first, then its parts."""
    names = Names((before, after))
    found = []
    root = field_changes(before.root, after.root, names)
    if root:
        found.append(PartChange(after.root.identity, after.root.title, "changed", root))
    old, new = ({part.identity: part for part in snapshot.parts} for snapshot in (before, after))
    moved = moved_parts(before, after)
    for key, part in new.items():
        if key not in old:
            found.append(PartChange(key, title_of(part), "added", field_changes(None, part, names)))
        elif fields := field_changes(old[key], part, names):
            found.append(PartChange(key, title_of(part), "changed", fields))
        elif key in moved:
            found.append(PartChange(key, title_of(part), "moved"))
    for key, part in old.items():
        if key not in new:
            found.append(PartChange(key, title_of(part), "removed", field_changes(part, None, names)))
    return found


def marked(before, after):
    """Return safe HTML of the words of `after`, with those gone since `before` in <del> and the new ones in <ins>."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > LONGEST_DIFF:
        return format_html("<del>{}</del> <ins>{}</ins>", before, after)
    pieces = []
    # Without `autojunk`, words as frequent as "the" would make it quadratic: seconds for one page of text.
    for kind, begin, end, new_begin, new_end in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pieces.append(conditional_escape("".join(old[begin:end])))
            continue
        gone, come = "".join(old[begin:end]), "".join(new[new_begin:new_end])
        first = come or gone
        pieces.append(first[: len(first) - len(first.lstrip())])  # the space between words is no change
        if gone.strip():
            pieces.append(format_html("<del>{}</del>", gone.lstrip()))
        if come.strip():
            pieces.append(format_html("<ins>{}</ins>", come.lstrip()))
    return mark_safe("".join(pieces))  # noqa: S308  every piece was escaped above


def words_of(html):
    """Return rich text as plain lines: headings and list items by a sign before them, links with their address."""
    text = _LINK.sub(lambda match: f"{match[2]} [{match[1]}]", html)
    text = _HEADING.sub(lambda match: "#" * int(match[1]) + " ", text)
    text = _BLOCK_END.sub("\n", _ITEM.sub("• ", text))
    lines = (line.strip() for line in unescape(strip_tags(text)).splitlines())
    return "\n".join(line for line in lines if line)


def title_of(item):
    """Return what a part is called on the screens: its kind and its title."""
    kind = item.fields.get("kind")
    try:
        label = dict(item.model._meta.get_field("kind").flatchoices).get(kind, kind)
    except FieldDoesNotExist:
        label = item.model._meta.verbose_name
    return f"{label}: {item.title}" if str(label) != item.title else str(label)


def moved_parts(before, after):
    """Return the keys of the parts that stand in another order among those that both versions have."""
    old, new = [part.identity for part in before.parts], [part.identity for part in after.parts]
    both = set(old) & set(new)
    old, new = [key for key in old if key in both], [key for key in new if key in both]
    kept = set()
    for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        kept.update(old[block.a : block.a + block.size])
    return both - kept


def field_changes(old, new, names):
    """Return the FieldChanges from Item `old` to Item `new`; one of them may be None for a part that is not there."""
    model = (new or old).model
    found = []
    for each in _shown_fields(model):
        before = names.told(each, old.fields.get(each.name)) if old else ""
        after = names.told(each, new.fields.get(each.name)) if new else ""
        if before != after:
            found.append(FieldChange(each.name, str(each.verbose_name).capitalize(), before, after))
    return found


def _shown_fields(model):
    fields = (*model._meta.local_fields, *model._meta.local_many_to_many)
    return [each for each in fields if not (each.primary_key or each.name in UNSEEN or is_link_to_whole(each))]


class Names:
    """Tells stored values in words. The names of related things are fetched once for each model."""

    def __init__(self, snapshots):
        keys = {}
        for snapshot in snapshots:
            for item in (snapshot.root, *snapshot.parts):
                for each in _shown_fields(item.model):
                    value = item.fields.get(each.name)
                    if each.is_relation and value:
                        keys.setdefault(each.related_model, set()).update(value if isinstance(value, list) else [value])
        self.names = {
            model: {row.pk: str(row) for row in model._base_manager.filter(pk__in=k)} for model, k in keys.items()
        }

    def told(self, each, value):
        """Return the JSON `value` of the model field `each` as plain text; "" for nothing."""
        if value is None or value == "" or value == []:
            return ""
        if each.is_relation:
            names = self.names.get(each.related_model, {})
            keys = value if isinstance(value, list) else [value]
            return ", ".join(names.get(key, _("(deleted)")) for key in keys)
        if isinstance(each, RichTextField):
            return words_of(value)
        if isinstance(each, models.BooleanField):
            return str(_("yes") if value else _("no"))
        if isinstance(each, models.DateTimeField):
            return date_format(localtime(parse_datetime(value)), "DATETIME_FORMAT")
        if isinstance(each, models.DateField):
            return date_format(parse_date(value), "DATE_FORMAT")
        if isinstance(each, models.TimeField):
            return time_format(parse_time(value), "TIME_FORMAT")
        if each.flatchoices:
            return str(dict(each.flatchoices).get(value, value))
        return str(value)

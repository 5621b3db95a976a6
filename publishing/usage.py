"""Where a thing is used: what points at it, what links to it, and which drafts will.

Only what is tracked counts, with its parts, and what a feature names by `register_links`. A part (a block)
is reported as the thing that it is part of. The question is asked with few queries, whatever there is.
"""

import html
import json
import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from reversion.models import Version

from .checks.targets import Kind, target_of
from .models import Draft
from .rich_text import RichTextField
from .tracking import part_relations, tracked_models

MOST = 100  # uses that are looked up; nobody reads a longer list
_HREF = re.compile(r"""href\s*=\s*["']?([^"'>\s]+)""", re.IGNORECASE)
_OTHER_LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
_registered = {}


def register_links(model, *names):
    """Look for links in the fields `names` of `model` too, which is not tracked: the items of a menu."""
    _registered[model] = names


@dataclass(frozen=True)
class Use:
    """`thing` uses it in its field `label` (a text for people). `in_draft`: only once its draft is published."""

    thing: models.Model
    label: str
    in_draft: bool = False


@dataclass(frozen=True)
class _Place:
    """A model whose rows may use something. `owner` is the name of the field to the thing that it is part of, or None.

    `relations` are its foreign keys and many-to-many fields, `texts` the fields that may hold links.
    """

    model: type
    owner: str | None
    relations: tuple
    texts: tuple


def uses_of(thing):
    """Return the Uses of `thing`, a stored object, at most MOST of them; those in drafts last. Its own are none."""
    found = dict.fromkeys([*_pointing_at(thing), *_linking_to(thing)])
    live = {(use.thing, use.label) for use in found}
    drafted = [use for use in dict.fromkeys(_in_drafts(thing)) if (use.thing, use.label) not in live]
    return [*found, *drafted][:MOST]


def _places():
    """Return the _Places of the site: tracked models, their parts, and what features registered."""
    places = []
    for model in tracked_models():
        places.append(_place(model))
        places.extend(_place(each.related_model, owner=each.field.name) for each in part_relations(model))
    return [*places, *(_Place(model, None, (), names) for model, names in _registered.items())]


def _place(model, owner=None):
    fields = [*model._meta.concrete_model._meta.concrete_fields, *model._meta.many_to_many]
    return _Place(
        model,
        owner,
        tuple(field for field in fields if field.is_relation and field.name != owner),
        tuple(field.name for field in fields if _may_hold_links(field)),
    )


def _may_hold_links(field):
    named_so = isinstance(field, models.CharField) and re.search(r"(^|_)address$", field.name)
    return isinstance(field, RichTextField | models.URLField) or bool(named_so)


# What points at it


def _pointing_at(thing):
    rows = []
    branches = []
    for place in _places():
        for field in place.relations:
            if field.related_model._meta.concrete_model is thing._meta.concrete_model:
                branches.append((place, field))
                rows.append(_rows(field, thing).values_list(Value(len(rows), models.IntegerField()), _key_of(field)))
    hits = _union(rows)
    things = _fetch({(branches[number][0], key) for number, key in hits})
    for number, key in hits:
        place, field = branches[number]
        owner = things.get((place.model, key))
        if owner is not None and owner != thing:
            yield Use(owner, str(field.verbose_name))


def _rows(field, thing):
    """Return the rows that hold the relation `field` to `thing`: of the model itself, or those between two models."""
    if field.many_to_many:
        between = field.remote_field.through._base_manager
        return between.filter(**{field.m2m_reverse_field_name(): thing.pk}).order_by()
    return field.model._base_manager.filter(**{field.name: thing.pk}).order_by()


def _key_of(field):
    return f"{field.m2m_field_name()}_id" if field.many_to_many else "pk"


# What links to it


def _linking_to(thing):
    addresses = _Addresses.of(thing)
    if not addresses:
        return
    places = [place for place in _places() if place.texts]
    rows = []
    for number, place in enumerate(places):
        named = reduce(or_, (addresses.named_in(place.model._meta.get_field(name)) for name in place.texts))
        rows.append(
            place.model._base_manager.filter(named).order_by().values_list(Value(number, models.IntegerField()), "pk")
        )
    hits = _union(rows)
    keys = {(places[number], key) for number, key in hits}
    holders = _fetch(keys, as_owners=False)
    for number, key in hits:
        place = places[number]
        row = holders.get((place.model, key))
        if row is None:
            continue
        owner = getattr(row, place.owner) if place.owner else row
        for name in place.texts:
            field = place.model._meta.get_field(name)
            if owner != thing and addresses.are_linked_in(getattr(row, name), field):
                yield Use(owner, str(field.verbose_name))


class _Addresses:
    """The addresses of one thing. `prefix` matches whatever follows it: a document's last part may change."""

    def __init__(self, paths, prefix=None):
        self.paths = {_bare(path) for path in paths if path}
        self.prefix = prefix

    @classmethod
    def of(cls, thing):
        paths = [thing.get_absolute_url()] if hasattr(thing, "get_absolute_url") else []
        files = (field.name for field in thing._meta.concrete_fields if isinstance(field, models.FileField))
        paths += [getattr(thing, name).url for name in files if getattr(thing, name)]
        return cls(paths, getattr(thing, "address_prefix", None))

    def __iter__(self):
        return iter([*sorted(self.paths), *([self.prefix] if self.prefix else [])])

    def __bool__(self):
        return bool(self.paths or self.prefix)

    def named_in(self, field):
        """Return the Q that finds the rows whose `field` may link there; `are_linked_in` tells for sure."""
        rich = isinstance(field, RichTextField)
        return reduce(or_, (_names(field.name, path, _ENDS if rich and path != self.prefix else ()) for path in self))

    def named_in_json(self):
        """Return the Q for the drafts, which are kept as JSON, where a quote has a backslash before it."""
        spelled = [('"/"', '\\"/\\"') if path == "/" else (path,) for path in self]
        return [Q(serialized_data__contains=each) for spellings in spelled for each in spellings]

    def are_linked_in(self, text, field):
        """Return whether `text`, the value of `field`, links to one of them."""
        links = _HREF.findall(text or "") if isinstance(field, RichTextField) else [text or ""]
        return any(self._are(html.unescape(link)) for link in links)

    def _are(self, link):
        target = target_of(link)
        if target.kind is not Kind.HERE:
            return False
        path = target.path
        for spoken in {path, *(f"/{path.removeprefix(prefix)}" for prefix in _OTHER_LANGUAGES)}:
            if _bare(spoken) in self.paths or (self.prefix and spoken.startswith(self.prefix)):
                return True
        return False


# What follows an address in a text that links to it; so /community/ is not found in /community/pantry/.
_ENDS = ('"', "#", "?")


def _names(name, path, ends):
    """Return the Q for `path` in the field `name`. The home page's "/" stands in every text, so with its quotes."""
    if path == "/":
        return Q(**{f"{name}__contains": 'href="/"'}) if ends else Q(**{name: "/"})
    named = Q(**{f"{name}__contains": path})
    if ends:
        named &= reduce(or_, (Q(**{f"{name}__contains": f"{path}{slash}{end}"}) for end in ends for slash in ("", "/")))
    return named


def _bare(path):
    return path.rstrip("/") or "/"


# What will use it


def _in_drafts(thing):
    """Return the Uses of `thing` in the drafts of things that visitors see without them."""
    addresses = _Addresses.of(thing)
    places = {place.model: place for place in _places()}
    drafted = Version.objects.filter(revision__in=Draft.objects.values("revision"))
    named = Q()
    for place in places.values():
        for field in place.relations:
            if field.related_model._meta.concrete_model is thing._meta.concrete_model:
                value = "[" if field.many_to_many else thing.pk
                named |= Q(serialized_data__contains=f'"{field.name}": {value}')
    for each in addresses.named_in_json():
        named |= each
    if not named:
        return
    versions = list(drafted.filter(named).order_by("pk").values_list("revision_id", "serialized_data")[: MOST * 2])
    if not versions:
        return
    owners = _things_of_drafts({revision for revision, _data in versions})
    for revision, data in versions:
        row = json.loads(data)[0]
        place = places.get(apps.get_model(row["model"]))
        owner = owners.get(revision)
        if place is None or owner is None or owner == thing:
            continue
        for label in _labels(place, row["fields"], thing, addresses):
            yield Use(owner, label, in_draft=True)


def _labels(place, values, thing, addresses):
    for field in place.relations:
        if field.related_model._meta.concrete_model is thing._meta.concrete_model:
            value = values.get(field.name)
            keys = value if isinstance(value, list) else [value]
            if str(thing.pk) in {str(key) for key in keys}:
                yield str(field.verbose_name)
    for name in place.texts:
        field = place.model._meta.get_field(name)
        if addresses.are_linked_in(values.get(name), field):
            yield str(field.verbose_name)


def _things_of_drafts(revisions):
    """Return {revision: thing} of the drafts that stand beside what visitors see."""
    drafts = Draft.objects.filter(revision__in=revisions).prefetch_related("thing")
    return {draft.revision_id: draft.thing for draft in drafts if draft.thing is not None}


# Rows


def _union(queries):
    """Return the (number, key) rows of all `queries` in one query, at most a few more than MOST."""
    if not queries:
        return []
    if len(queries) == 1:
        return list(queries[0][: MOST + 1])
    return list(queries[0].union(*queries[1:], all=True)[: MOST + 1])


def _fetch(wanted, *, as_owners=True):
    """Return {(model, key): thing} for pairs of a _Place and a key; one query for each model.

    With `as_owners` a part stands for the thing that it is part of.
    """
    keys = {}
    for place, key in wanted:
        keys.setdefault(place, set()).add(key)
    things = {}
    for place, of_model in keys.items():
        rows = place.model._base_manager.filter(pk__in=of_model)
        for row in rows.select_related(place.owner) if place.owner else rows:
            things[place.model, row.pk] = getattr(row, place.owner) if place.owner and as_owners else row
    return things

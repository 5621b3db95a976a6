"""The whole content of a thing at one moment: taken from its rows, kept in its history, made into rows again.

django-reversion's tables keep them, one Version for the thing and one for each of its parts. What a
draft changes beside a live page is such a snapshot and no row, so the public's queries cannot meet it.

Keys of parts: a part that stands in a draft alone has a key from `FIRST_DRAFT_KEY` on, where no row's
key ever is. Whoever edits the draft twice meets the same key, and it can never be the key of another
thing's row. When the draft becomes rows, the part gets a usual key.
"""

import json
import random
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from .attic import is_kept
from .models import RevisionNote
from .tracking import is_content, is_link_to_whole, is_tracked, part_relations

FIRST_DRAFT_KEY = 2**53
LAST_DRAFT_KEY = 2**62
AT_ONCE = 500  # rows in one statement


class CannotApplyError(Exception):
    """A snapshot points at something that is gone and cannot be brought back; str() says what."""


class TakenError(CannotApplyError):
    """Another has its address, name or place by now, or its dates no longer fit; str() says so."""


class FileGoneError(CannotApplyError):
    """Its file was deleted for good, as after a withdrawn consent; str() names it."""


@dataclass(frozen=True)
class Item:
    """One row. `fields` has JSON values by field name: a key for a relation, a list of keys for several."""

    model: type
    key: int
    fields: dict
    title: str

    @property
    def identity(self):
        """Return (model, key), by which the same row is known in two snapshots."""
        return self.model, self.key


@dataclass(frozen=True)
class Snapshot:
    """`root` is the thing, `parts` are its parts in the order of their relations."""

    root: Item
    parts: tuple

    def same_content_as(self, other):
        """Return whether nothing but the keys of new parts differs."""
        return self.root.fields == other.root.fields and _comparable(self.parts) == _comparable(other.parts)


def _comparable(parts):
    return [(part.model, part.key if part.key < FIRST_DRAFT_KEY else None, part.fields) for part in parts]


@contextmanager
def rolled_back():
    """Let the block change the database as it likes, and undo all of it at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def take(thing):
    """Return the Snapshot of `thing`, an instance just fetched or saved, and of its parts as they are stored."""
    parts = []
    for relation in part_relations(type(thing)):
        order = relation.related_model._meta.ordering or ["pk"]
        parts.extend(getattr(thing, relation.get_accessor_name()).order_by(*order))
    return snapshot_of(thing, parts)


def snapshot_of(thing, parts):
    """Return the Snapshot of `thing` with its `parts`, in the order of the page, as they are in memory. No query."""
    return Snapshot(_item(thing), tuple(_item(part) for part in parts))


def with_draft_keys(snapshot, known):
    """Return `snapshot` with a draft's key for each part whose key is not in `known`, a set of keys."""
    parts = (
        part if part.key in known else replace(part, key=random.randrange(FIRST_DRAFT_KEY, LAST_DRAFT_KEY))  # noqa: S311  no secret
        for part in snapshot.parts
    )
    return replace(snapshot, parts=tuple(parts))


@transaction.atomic
def store(snapshot, *, user, deed, note=""):
    """Keep `snapshot` as a Revision of the history and return it. `user` is None where a program acts."""
    revision = Revision.objects.create(date_created=timezone.now(), user=user, comment=note)
    RevisionNote.objects.create(revision=revision, deed=deed)
    Version.objects.bulk_create(_version(revision, item) for item in (snapshot.root, *snapshot.parts))
    return revision


@transaction.atomic
def store_all(snapshots, *, user, deed, note=""):
    """Keep each of `snapshots` as a Revision of its own, as `store` does, in a few statements for all of them.

    Returns the Revisions in the same order.
    """
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        [Revision(date_created=now, user=user, comment=note) for _each in snapshots], batch_size=AT_ONCE
    )
    RevisionNote.objects.bulk_create(
        [RevisionNote(revision=revision, deed=deed) for revision in revisions], batch_size=AT_ONCE
    )
    versions = (
        _version(revision, item)
        for revision, snapshot in zip(revisions, snapshots, strict=True)
        for item in (snapshot.root, *snapshot.parts)
    )
    Version.objects.bulk_create(versions, batch_size=AT_ONCE)
    return revisions


def read(revision, model, key):
    """Return the Snapshot of the thing `key` of `model` that `revision` holds."""
    root, parts = None, []
    order = {relation.related_model: place for place, relation in enumerate(part_relations(model))}
    for version in Version.objects.filter(revision_id=revision.pk).order_by("pk"):
        data = json.loads(version.serialized_data)[0]
        item = Item(apps.get_model(data["model"]), int(data["pk"]), data["fields"], version.object_repr)
        if item.model is model and item.key == key:
            root = item
        elif item.model in order:
            parts.append(item)
    parts.sort(key=lambda item: (order[item.model], *(item.fields.get(name, 0) for name in ("ordering", "position"))))
    return Snapshot(root, tuple(parts))


def apply(snapshot, *, as_rows):
    """Make the rows of the thing what `snapshot` says, and return the thing.

    `as_rows` is for good: parts that stood in the draft alone get usual keys. Otherwise they keep the
    draft's, for a transaction that is rolled back. What it points at and is gone meanwhile is brought
    back from its own history. Raises CannotApplyError where that fails, TakenError where the database
    refuses it; then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _apply(snapshot, as_rows=as_rows)
    except IntegrityError as error:
        raise TakenError(_("another has its address, name or place by now, or its dates no longer fit")) from error


def stage(snapshot):
    """Make the rows what `snapshot` says, for a transaction that is rolled back; return the names of what is not shown.

    A draft must open even when another has taken its address meanwhile, or nobody could give it a new
    one: then the fields on which the database insists are shown as they are stored.
    """
    try:
        apply(snapshot, as_rows=False)
    except TakenError:
        before = dict(snapshot.root.fields)
        names = _constrained(snapshot.root.model) & set(before)
        fields = {name: value for name, value in before.items() if name not in names}
        apply(replace(snapshot, root=replace(snapshot.root, fields=fields)), as_rows=False)
        stored = _item(snapshot.root.model._base_manager.get(pk=snapshot.root.key)).fields
        return sorted(name for name in names if stored[name] != before[name])
    return []


def _constrained(model):
    """Return the names of the fields of which the database demands something of `model`'s rows."""
    names = {field.name for field in model._meta.local_fields if field.unique and not field.primary_key}
    for constraint in model._meta.constraints:
        names.update(getattr(constraint, "fields", ()))
        condition = getattr(constraint, "condition", None)
        names.update(condition.referenced_base_fields if isinstance(condition, models.Q) else ())
    return names


def _apply(snapshot, *, as_rows):
    _bring_back_what_is_missing(snapshot)
    thing = _write(snapshot.root, snapshot.root.key)
    for relation in part_relations(snapshot.root.model):
        part_model = relation.related_model
        present = {part.pk: part for part in getattr(thing, relation.get_accessor_name()).all()}
        wanted = [part for part in snapshot.parts if part.model is part_model]
        gone = set(present) - {part.key for part in wanted}
        part_model._base_manager.filter(pk__in=gone).delete()
        taken = set(
            part_model._base_manager.filter(
                pk__in=[part.key for part in wanted if part.key not in present]
            ).values_list("pk", flat=True)
        )
        for part in wanted:
            keeps_key = part.key not in taken and not (as_rows and part.key >= FIRST_DRAFT_KEY)
            _write(part, part.key if keeps_key else None, present.get(part.key))
    return thing


def _item(row):
    names = [
        field.name
        for field in (*row._meta.concrete_model._meta.local_fields, *row._meta.concrete_model._meta.local_many_to_many)
        if is_content(row._meta.concrete_model, field.name)
    ]
    data = json.loads(serializers.serialize("json", [row], fields=names))[0]
    return Item(row._meta.concrete_model, row.pk, data["fields"], str(row))


def _version(revision, item):
    label = item.model._meta.label_lower
    return Version(
        revision=revision,
        object_id=str(item.key),
        content_type=ContentType.objects.get_for_model(item.model),
        db="default",
        format="json",
        serialized_data=json.dumps([{"model": label, "pk": item.key, "fields": item.fields}]),
        object_repr=item.title,
    )


def _write(item, key, row=None):
    if row is None:
        row = item.model._base_manager.filter(pk=key).first() if key is not None else None
    if row is None:
        row = item.model(pk=key)
    several = {}
    for name, value in item.fields.items():
        if not is_content(item.model, name):
            continue  # it was content in an older release
        try:
            field = item.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue  # a field of an older release
        if field.many_to_many:
            if field.remote_field.through._meta.auto_created:  # else its rows are parts by now
                several[name] = value
        elif field.is_relation:
            setattr(row, field.attname, value)
        elif isinstance(field, models.FileField):
            # Past Django, which opens a picture to measure it: it may be put away still, and its measures are here too.
            row.__dict__[field.attname] = value
            if row._state.adding and not field.blank and not is_kept(value):
                raise FileGoneError(_("Its file was deleted for good: %(name)s.") % {"name": item.title})
        else:
            setattr(row, field.attname, field.to_python(value))
    if hasattr(row, "derive"):
        row.derive()  # two versions put together may have the day of one and the hour of the other
    if row._state.adding and hasattr(row, "changed_at"):
        row.changed_at = timezone.now()  # which Django sets only where it saves by itself
    row.save_base(raw=True)
    for name, keys in several.items():
        related = item.model._meta.get_field(name).related_model
        getattr(row, name).set(related._base_manager.filter(pk__in=keys))
    return row


def _bring_back_what_is_missing(snapshot):
    wanted = {}
    for item in (snapshot.root, *snapshot.parts):
        for field in item.model._meta.local_fields:
            value = item.fields.get(field.name)
            if field.is_relation and value is not None and not is_link_to_whole(field):
                wanted.setdefault(field.related_model, {}).setdefault(value, []).append((item, field))
    for model, keys in wanted.items():
        present = set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for key in set(keys) - present:
            if bring_back(model, key):
                continue
            for item, field in keys[key]:
                if not field.null:
                    raise CannotApplyError(f"{field.verbose_name}: {item.title}")
                item.fields[field.name] = None


def bring_back(model, key):
    """Make the deleted row `key` of `model` again from the newest revision that has it; return whether it is there."""
    if not is_tracked(model):
        return False
    version = Version.objects.get_for_object_reference(model, key).select_related("revision").first()
    if version is None:
        return False
    try:
        apply(read(version.revision, model, key), as_rows=True)
    except FileGoneError:
        return False
    return True

"""A program mends words in a thing: in what the public sees and in the draft that waits beside it alike.

Only the fields that change are written. Each is a revision of the history, the draft's the newest, so that whoever
has the thing open is shown both versions when he saves. What was decided about the draft, its review and its
time, stays: nothing that somebody wrote has changed.
"""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from . import history
from .drafting import draft_of, locked, works_beside
from .models import RevisionNote
from .snapshots import read, store
from .tracking import parts_of

Deed = RevisionNote.Deed


@dataclass(frozen=True)
class Amended:
    """Whether the rows were changed, and the draft beside them."""

    rows: bool
    draft: bool


@transaction.atomic
def amend(thing, mend, *, note, user=None):
    """Change texts of `thing` and its parts and return what was Amended; where nothing changes, nothing is kept.

    `mend` is called with a model, a primary key, {field: stored value} and whether that is of the draft beside,
    and returns {field: other value} of what is to change. Raises ValidationError where a field refuses it, and
    DoesNotExist where the thing is gone; then nothing has changed.
    """
    thing = locked(thing)
    history.begin(thing)
    draft = draft_of(thing) if hasattr(thing, "published_at") else None
    beside = draft is not None and works_beside(thing)
    rows_changed = _amend_rows(thing, mend)
    if rows_changed:
        revision = history.record(thing, user=user, deed=Deed.SAVED, note=note)
        if draft is not None and not beside:
            _keep(draft, revision)
    draft_changed = beside and _amend_draft(thing, draft, mend, rows_changed, user=user, note=note)
    return Amended(rows_changed, draft_changed)


def _amend_rows(thing, mend):
    any_changed = False
    for row in parts_of(thing):
        texts = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
        changes = mend(row._meta.concrete_model, row.pk, texts, in_draft=False)
        for name, value in changes.items():
            setattr(row, name, _clean(row, name, value))
        if changes:
            any_changed = True
            row.save(update_fields=list(changes))
    if any_changed and hasattr(thing, "changed_at"):
        thing.save(update_fields=["changed_at"])
    return any_changed


def _amend_draft(thing, draft, mend, rows_changed, *, user, note):
    content = read(draft.revision, type(thing), thing.pk)
    items = [_amended(item, mend) for item in (content.root, *content.parts)]
    amended = replace(content, root=items[0], parts=tuple(items[1:]))
    changed = amended != content
    if changed or rows_changed:  # else the rows would be the newest version, and the draft no longer what is open
        _keep(draft, store(amended, user=user, deed=Deed.DRAFT, note=note))
    return changed


def _amended(item, mend):
    changes = mend(item.model, item.key, item.fields, in_draft=True)
    for name, value in changes.items():
        _clean(item.model(), name, value)
    return replace(item, fields={**item.fields, **changes})


def _clean(row, name, value):
    field = row._meta.get_field(name)
    try:
        return field.clean(value, row)
    except ValidationError as error:
        raise ValidationError([f"{field.verbose_name}: {message}" for message in error.messages]) from error


def _keep(draft, revision):
    draft.revision = revision
    draft.save(update_fields=["revision"])

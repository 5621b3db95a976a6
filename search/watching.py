"""Keeping the index true: what is saved or deleted is written anew once the change is committed.

It hangs on Django's signals and not on calls in the features, since a call that somebody forgets would leave a
withdrawn page findable. Taking a thing down is written within the change itself.
"""

import logging
from functools import partial

from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from publishing.batches import batches
from publishing.models import Publishable

from .indexing import AT_ONCE, forget, refresh
from .models import Entry
from .sources import source_of, sources

logger = logging.getLogger(__name__)


def watch():
    """Follow every model that a source is made of. Called once all apps have registered their sources."""
    for source in sources():
        if source.model is not None:
            _connect(post_save, source.model, partial(_saved, source.kind), source.kind)
            _connect(post_delete, source.model, partial(_deleted, source.kind), source.kind)
            for relation in source.model._meta.many_to_many:
                through = relation.remote_field.through
                _connect(m2m_changed, through, partial(_related, source.kind, relation), source.kind)
        for model, things_of in source.parts.items():
            name = f"part of {source.kind}"
            _connect(pre_save, model, partial(_note_things_before, source.kind, things_of), name)
            _connect(pre_delete, model, partial(_note_things_before, source.kind, things_of), name)
            _connect(post_save, model, partial(_part_saved, source.kind, things_of), name)
            _connect(post_delete, model, partial(_part_deleted, source.kind), name)


def _connect(signal, model, receiver, name):
    """Connect `receiver` with `model` and its proxies, for which Django sends signals of their own."""
    family = [model, *(proxy for proxy in apps.get_models() if proxy._meta.proxy_for_model is model)]
    for sender in family:
        signal.connect(receiver, sender, weak=False, dispatch_uid=f"search {name} {sender._meta.label}")


def refresh_soon(kind, ids):
    """Have the things of `kind` with these primary keys written anew when the transaction is committed."""
    waiting = _waiting()
    for pk in ids:
        waiting.add((kind, pk))
        transaction.on_commit(_refresh_waiting, robust=True)


def _waiting():
    """Return the set of (kind, primary key) that waits on this connection.

    What a rolled back transaction has left in it is at worst written once more than needed.
    """
    return connection.__dict__.setdefault("search_waiting", set())


def _refresh_waiting():
    """Write all that waits, with the first commit that comes; what the later ones wanted is then done."""
    waiting = _waiting()
    by_kind = {}
    while waiting:
        kind, pk = waiting.pop()
        by_kind.setdefault(kind, []).append(pk)
    for kind, ids in by_kind.items():
        for batch in batches(ids, AT_ONCE):
            _refresh_what_can_be(kind, batch)


def _refresh_what_can_be(kind, ids):
    """Write these things anew. One that cannot be written is told to the log, and does not keep the others back.

    Its entry stays as it was until the nightly comparison; what takes it down has been written before.
    """
    try:
        refresh(kind, ids)
    except Exception:
        if len(ids) == 1:
            logger.exception("%s %s could not be written into the search index", kind, ids[0])
            return
        # By halves: where a lock is waited for, each try takes seconds.
        half = len(ids) // 2
        _refresh_what_can_be(kind, ids[:half])
        _refresh_what_can_be(kind, ids[half:])


def _saved(kind, sender, instance, raw=False, **_more):
    if isinstance(instance, Publishable):
        if instance.published_at is None:
            forget(kind, [instance.pk])
        else:
            entries = Entry.objects.filter(kind=kind, object_id=instance.pk)
            entries.update(shown_from=instance.published_at, shown_until=instance.expires_at)
    refresh_soon(kind, [instance.pk])


def _deleted(kind, sender, instance, **_more):
    forget(kind, [instance.pk])


def _related(kind, relation, sender, instance, action, reverse, pk_set, **_more):
    if not reverse:
        if action.startswith("post_"):
            refresh_soon(kind, [instance.pk])
    elif action == "pre_clear":  # afterwards nobody knows which they were
        _note(instance, kind, getattr(instance, relation.remote_field.get_accessor_name()).values_list("pk", flat=True))
    elif action == "post_clear":
        refresh_soon(kind, _noted(instance, kind))
    elif action.startswith("post_"):
        refresh_soon(kind, pk_set)


def _note_things_before(kind, things_of, sender, instance, **_more):
    """Note whose part `instance` has been: it may be about to leave them."""
    stored = sender._base_manager.filter(pk=instance.pk).first() if instance.pk is not None else None
    if stored is not None:
        _note(instance, kind, things_of(stored))


def _part_saved(kind, things_of, sender, instance, **_more):
    _parts_changed(kind, {*things_of(instance), *_noted(instance, kind)})


def _part_deleted(kind, sender, instance, **_more):
    _parts_changed(kind, _noted(instance, kind))


def _parts_changed(kind, ids):
    if ids and not issubclass(source_of(kind).model, Publishable):
        # The public sees such a thing only as a part of others, and it must go with them.
        _refresh_what_can_be(kind, sorted(ids))
    refresh_soon(kind, ids)


def _note(instance, kind, ids):
    instance.__dict__.setdefault("_search_things", {})[kind] = set(ids)


def _noted(instance, kind):
    return instance.__dict__.get("_search_things", {}).pop(kind, set())

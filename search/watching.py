"""Keeping the index true: what is saved or deleted is written anew once the change is committed.

It hangs on Django's signals and not on calls in the features, since a call that somebody forgets would leave a
withdrawn page findable. Taking a thing down is written within the change itself.
"""

from functools import partial

from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from publishing.models import Publishable

from .indexing import forget, refresh
from .models import Entry
from .sources import sources


def watch():
    """Follow every model that a source is made of. Called once all apps have registered their sources."""
    for source in sources():
        if source.model is not None:
            _connect(post_save, source.model, partial(_saved, source.kind), source.kind)
            _connect(post_delete, source.model, partial(_deleted, source.kind), source.kind)
            for relation in source.model._meta.many_to_many:
                through = relation.remote_field.through
                _connect(m2m_changed, through, partial(_related, source.kind), source.kind)
        for model, things_of in source.parts.items():
            for signal in (post_save, post_delete):
                _connect(signal, model, partial(_part_changed, source.kind, things_of), f"part of {source.kind}")


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
        by_kind.setdefault(kind, set()).add(pk)
    for kind, ids in by_kind.items():
        refresh(kind, ids)


def _saved(kind, sender, instance, raw=False, **_more):
    if isinstance(instance, Publishable):
        entries = Entry.objects.filter(kind=kind, object_id=instance.pk)
        if instance.published_at is None:
            forget(kind, [instance.pk])
        else:
            entries.update(shown_from=instance.published_at, shown_until=instance.expires_at)
    refresh_soon(kind, [instance.pk])


def _deleted(kind, sender, instance, **_more):
    forget(kind, [instance.pk])


def _related(kind, sender, instance, action, reverse, pk_set, **_more):
    if action.startswith("post_"):
        refresh_soon(kind, pk_set or () if reverse else [instance.pk])


def _part_changed(kind, things_of, sender, instance, **_more):
    refresh_soon(kind, list(things_of(instance)))

"""Who sends which mail: a worker claims some deliveries for a while, and loses them when it dies.

Each round of a worker has a name of its own and holds the lock of a file that is called so. The system frees the lock
when the process ends, however it ends: so those on the same machine know at once that it is gone. Others wait until
what it had claimed is due again, LEASE later.
"""

import fcntl
import secrets
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from . import pace
from .models import Delivery, Mailing, Subscription
from .suppression import suppressed

LEASE = timedelta(minutes=2)
BATCH = 50

State = Delivery.State


@contextmanager
def worker_name():
    """Yield the name of one round of a worker, a text of 24 signs, which counts as alive inside the block."""
    name = secrets.token_hex(12)
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        lock = (_folder() / name).open("w")
    except OSError:  # a folder that is full or cannot be written: then the lease alone says who is gone
        yield name
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield name
        finally:
            (_folder() / name).unlink(missing_ok=True)


def free_claims_of_the_dead(at):
    """Make due at `at` what was claimed by workers of this machine that are gone; return how many deliveries."""
    dead = [path for path in _lock_files() if _is_dead(path)]
    if not dead:
        return 0
    claimed = Delivery.objects.filter(claimed_by__in=[path.name for path in dead], state=State.WAITING)
    freed = claimed.update(claimed_by="", due_at=at)
    for path in dead:
        path.unlink(missing_ok=True)
    return freed


@transaction.atomic
def claim(mailing, name, at):
    """Return up to BATCH deliveries of `mailing` that are due, as a list of keys; they belong to `name` for LEASE.

    There may be fewer because of the rate, so an empty list does not mean that none is due.
    """
    due = Delivery.objects.filter(mailing=mailing, state=State.WAITING, due_at__lte=at).order_by("due_at", "pk")
    keys = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    if keys:
        keys = keys[: pace.take(len(keys), at)]
        Delivery.objects.filter(pk__in=keys).update(claimed_by=name, due_at=at + LEASE)
    return keys


def release(keys, name, at):
    """Let others have what `name` claimed of `keys` and has not sent; it is due at `at` again."""
    claimed = Delivery.objects.filter(pk__in=keys, claimed_by=name, state=State.WAITING)
    pace.give_back(claimed.update(claimed_by="", due_at=at))


def still_wanted(keys, name):
    """Return those of the claimed `keys` that are to be sent now: {key: Delivery with its subscriber}.

    None of them where the mailing has been paused or stopped. Who has left meanwhile, or no longer has any of the
    lists, or is suppressed, is left out for good.
    """
    claimed = Delivery.objects.filter(pk__in=keys, claimed_by=name, state=State.WAITING)
    found = list(claimed.filter(mailing__state=Mailing.State.SENDING).select_related("subscriber"))
    with_list = _with_any_list(found)
    blocked = suppressed([each.subscriber.email for each in found if each.subscriber_id in with_list])
    wanted, gone = {}, {State.LEFT: [], State.SKIPPED: []}
    for each in found:
        if each.subscriber is None:
            gone[State.LEFT].append(each.pk)
        elif each.subscriber_id not in with_list or each.subscriber.email in blocked:
            gone[State.SKIPPED].append(each.pk)
        else:
            wanted[each.pk] = each
    reasons = {State.LEFT: "", State.SKIPPED: _("No longer on the list, or nothing may be sent to the address.")}
    for state, rows in gone.items():
        if rows:
            Delivery.objects.filter(pk__in=rows).update(state=state, claimed_by="", problem=reasons[state])
    return wanted


def _with_any_list(deliveries):
    """Return the keys of the subscribers of `deliveries`, all of one mailing, who have any of its lists."""
    if not deliveries:
        return set()
    lists = Mailing.to_lists.through.objects.filter(mailing=deliveries[0].mailing_id).values("mailinglist")
    subscribers = [each.subscriber_id for each in deliveries if each.subscriber_id]
    rows = Subscription.objects.confirmed().filter(subscriber__in=subscribers, mailing_list__in=lists)
    return set(rows.order_by().values_list("subscriber_id", flat=True))


def _folder():
    return settings.DATA_DIR / "sending"


def _lock_files():
    try:
        return list(_folder().iterdir())
    except OSError:
        return []


def _is_dead(path):
    try:
        with path.open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError:  # it is locked, or was taken away just now
        return False

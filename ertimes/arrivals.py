"""What may be done with a notice of somebody on the way: told once, changed, cancelled, handled by staff, deleted."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .locking import lock_all
from .models import ArrivalNotice
from .models.arrival_notice import KEPT_FOR

Status = ArrivalNotice.Status

# In one hour. Behind one address of a phone company there are many people, hence not fewer.
MOST_OF_A_SENDER = 6
MOST_OF_A_DEPARTMENT = 60
MOST_CHANGES = 20
# Without what looks or sounds alike on a bad line: no 0 O Q, 1 I L, 2 Z, 5 S, 8 B; no vowels, hence no words.
CODE_CHARACTERS = "CDFHJKMNPRTVWXY34679"
CODE_LENGTH = 5


class TooManyNoticesError(Exception):
    """So many were told in the last hour, from one address or to one department, that no more is taken."""


def tell(*, department, nonce, sender, arriving_in, name, mobile="", wheelchair=False, interpreter="", **fields):
    """Store that somebody will be at `department` in `arriving_in` (a timedelta), and return the ArrivalNotice.

    The same `nonce` gives the notice that is there already. `sender` is a keyed hash of the network address,
    "" where it is not known; then only the department's limit counts. Raises TooManyNoticesError.
    """
    with transaction.atomic():
        lock_all()  # notices are counted and stored one at a time, since a sender may write to any department
        told = ArrivalNotice.objects.filter(nonce=nonce).first()
        if told is not None:
            return told
        now = timezone.now()
        _refuse_too_many(department, sender, since=now - timedelta(hours=1))
        return ArrivalNotice.objects.create(
            department=department,
            code=_new_code(department),
            nonce=nonce,
            sender=sender,
            expected_at=now + arriving_in,
            name=name,
            mobile=mobile,
            wheelchair=wheelchair,
            interpreter=interpreter,
            **fields,
        )


def _refuse_too_many(department, sender, since):
    recent = ArrivalNotice.objects.filter(created_at__gt=since, demonstration=False)
    if sender and recent.filter(sender=sender).count() >= MOST_OF_A_SENDER:
        raise TooManyNoticesError
    if recent.filter(department=department).count() >= MOST_OF_A_DEPARTMENT:
        raise TooManyNoticesError


def _new_code(department):
    while True:
        code = "".join(secrets.choice(CODE_CHARACTERS) for _index in range(CODE_LENGTH))
        if not ArrivalNotice.objects.filter(department=department, code=code).exists():
            return code


def change(notice, *, arriving_in, mobile, wheelchair, interpreter):
    """Store what the visitor has changed; staff have to see it anew. Return whether it could be done.

    `arriving_in` None leaves the time as it was told. It cannot be done once staff have marked the
    arrival, after a cancellation, or where it was changed very often.
    """
    now = timezone.now()
    expected_at = notice.expected_at if arriving_in is None else now + arriving_in
    told = {"mobile": mobile, "wheelchair": wheelchair, "interpreter": interpreter, "expected_at": expected_at}
    if all(getattr(notice, name) == value for name, value in told.items()) and notice.is_awaited:
        return True
    return _update(
        ArrivalNotice.objects.filter(
            pk=notice.pk, status__in=ArrivalNotice.OPEN_TO_VISITOR, changes__lt=MOST_CHANGES
        ).kept(now),
        **told,
        status=Status.EXPECTED,
        changes=F("changes") + 1,
        changed_at=now,
        handled_at=None,
        handled_by=None,
    )


def cancel(notice):
    """Cancel for the visitor, and forget at once what staff no longer need. Return whether it is cancelled."""
    if notice.status == Status.CANCELLED:
        return True
    now = timezone.now()
    return _update(
        ArrivalNotice.objects.filter(pk=notice.pk, status__in=ArrivalNotice.OPEN_TO_VISITOR).kept(now),
        status=Status.CANCELLED,
        mobile="",
        wheelchair=False,
        interpreter="",
        handled_at=now,
        handled_by=None,
    )


class Step(models.TextChoices):
    """What staff do with a notice."""

    SEE = "see", _("Seen")
    ARRIVE = "arrive", _("Arrived")
    MISS = "miss", _("Did not come")
    UNDO = "undo", _("Undo")


_STEPS = {
    (Step.SEE, Status.EXPECTED): Status.ACKNOWLEDGED,
    (Step.ARRIVE, Status.EXPECTED): Status.ARRIVED,
    (Step.ARRIVE, Status.ACKNOWLEDGED): Status.ARRIVED,
    (Step.MISS, Status.EXPECTED): Status.NO_SHOW,
    (Step.MISS, Status.ACKNOWLEDGED): Status.NO_SHOW,
    (Step.UNDO, Status.ACKNOWLEDGED): Status.EXPECTED,
    # Whoever was marked has been seen, too.
    (Step.UNDO, Status.ARRIVED): Status.ACKNOWLEDGED,
    (Step.UNDO, Status.NO_SHOW): Status.ACKNOWLEDGED,
}


@dataclass(frozen=True)
class Handled:
    """What became of a step: whether it was `done`, and the `notice` as it is now, None where it is gone."""

    done: bool
    notice: ArrivalNotice | None


def handle(pk, step, *, seen_state, user):
    """Do `step` for `user` with the notice as it was seen in `seen_state` (its `state`). Return Handled.

    Two who press at once: the first counts. The second is done as well where both meant the same and are
    the same person, a double click; else it is not done, and `notice` tells who was first.
    """
    notice = ArrivalNotice.objects.kept().select_related("handled_by").filter(pk=pk).first()
    if notice is None:
        return Handled(done=False, notice=None)
    seen_status, _dash, seen_changes = seen_state.rpartition("-")
    target = _STEPS.get((step, seen_status))
    if target is None or str(notice.changes) != seen_changes:
        return Handled(done=False, notice=notice)
    # Undone is undone: nobody has handled it.
    nobody = target == Status.EXPECTED
    done = _update(
        ArrivalNotice.objects.filter(pk=pk, status=seen_status, changes=notice.changes),
        status=target,
        handled_by=None if nobody else user,
        handled_at=None if nobody else timezone.now(),
    )
    notice = ArrivalNotice.objects.kept().select_related("handled_by").filter(pk=pk).first()
    twice = notice is not None and notice.status == target and notice.handled_by in (user, None)
    return Handled(done=done or twice, notice=notice)


def _update(notices, **values):
    return notices.update(**values) == 1


def purge_arrival_notices():
    """Delete the notices whose time is over, and all that was told with them."""
    ArrivalNotice.objects.filter(expected_at__lte=timezone.now() - KEPT_FOR).delete()

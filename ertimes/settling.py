"""Which of a feed's readings visitors may see: `plausibility.py` put to work on what is stored.

Everything here asks the department's row for itself first (`locking.lock`), so that two messages, or a message and a
person, are taken one after the other. The queries are few and by index, however long the history is.
"""

from django.db import transaction
from django.utils import timezone

from . import plausibility
from .concerns import follow
from .locking import lock
from .models import Concern, ReadingState, Source, WaitTimeReading

JUMP, FLAT = Concern.Kind.JUMP, Concern.Kind.FLAT
SHOWN, HELD, WITHDRAWN = ReadingState.SHOWN, ReadingState.HELD, ReadingState.WITHDRAWN
RELEASED = {"state": SHOWN, "held_for": "", "held_because": ""}


def settle(reading):
    """Give `reading`, a feed's and just stored, its state, and judge again what was measured after it.

    The department must be locked. What is wrong with the feed is told (see `concerns.follow`).
    """
    now = timezone.now()
    if reading.observed_at <= now - reading.department.shown_for:
        _judge([reading], _before(reading), now)  # nobody can see it: only whether it is to be trusted
        return
    _settle_from(reading, now)
    follow(reading.department, now, heard=True)


@transaction.atomic
def confirm(reading, *, user):
    """Show the held `reading` and those before it that agree with it; return whether it was still held.

    What was held before it and does not agree is withdrawn; what came after it is judged again.
    """
    lock(reading.department)
    held = _held_up_to(reading)
    if held is None:
        return False
    now = timezone.now()
    agree = [each.pk for each in held if not plausibility.jumps(each.door_to_provider, reading.door_to_provider)]
    decided = {"decided_at": now, "decided_by": user}
    WaitTimeReading.objects.filter(pk__in=[each.pk for each in held]).exclude(pk__in=agree).update(
        state=WITHDRAWN, **decided
    )
    WaitTimeReading.objects.filter(pk__in=agree).update(state=SHOWN, **decided)
    reading.refresh_from_db()
    _settle_from(reading, now)
    follow(reading.department, now)
    return True


@transaction.atomic
def withdraw(reading, *, user):
    """Never show the held `reading` nor what was held before it; return whether it was still held."""
    lock(reading.department)
    held = _held_up_to(reading)
    if held is None:
        return False
    now = timezone.now()
    WaitTimeReading.objects.filter(pk__in=[each.pk for each in held]).update(
        state=WITHDRAWN, decided_at=now, decided_by=user
    )
    follow(reading.department, now)
    return True


def withdraw_what_is_too_old(department, now):
    """Withdraw what was held so long that nobody could see it any more; the department must be locked."""
    held = WaitTimeReading.objects.filter(department=department, state=HELD)
    held.filter(observed_at__lte=now - department.shown_for).update(state=WITHDRAWN)


def _feed(reading):
    """Return the readings that are judged together with `reading`: its department's feed, measured or made up."""
    return WaitTimeReading.objects.filter(
        department=reading.department_id, source=Source.FEED, demonstration=reading.demonstration
    )


def _held_up_to(reading):
    """Return what is held for the same as `reading`, up to it; None where it is not held any more."""
    held = _feed(reading).filter(state=HELD, held_for=reading.held_for, observed_at__lte=reading.observed_at)
    held = list(held.order_by("observed_at"))
    return held if held and held[-1].pk == reading.pk else None


def _before(reading):
    """Return the readings before `reading` that a flat line needs, the newest first."""
    earlier = _feed(reading).filter(observed_at__lt=reading.observed_at).order_by("-observed_at")
    return list(earlier[: plausibility.FLAT_READINGS - 1])


def _settle_from(reading, now):
    """Judge `reading` and all that was measured after it."""
    feed = _feed(reading)
    held = set(feed.filter(state=HELD).order_by().values_list("held_for", flat=True).distinct())
    before = _before(reading)
    readings = [reading, *feed.filter(observed_at__gt=reading.observed_at).order_by("observed_at")]
    accepted = _judge(readings, before, now)
    if accepted is not None and (JUMP in held or len(readings) > 1):  # the feed has taken back what it said before
        feed.filter(state=HELD, held_for=JUMP, observed_at__lt=accepted.observed_at).update(state=WITHDRAWN)
    _mind_flat_line([*before[::-1], *readings], feed, now, was_flat=FLAT in held)
    reading.refresh_from_db(fields=["state", "held_for", "held_because"])


def _judge(readings, earlier, now):
    """Give each of `readings`, in their order, its state as a jump or not; return the last accepted, or None.

    `earlier` are some that were measured before them, the newest first. What a person has decided stays.
    """
    before = earlier[0] if earlier else None
    accepted = next((each for each in earlier if each.state == SHOWN), None)
    if accepted is None and earlier:
        older = _feed(earlier[-1]).filter(state=SHOWN, observed_at__lt=earlier[-1].observed_at)
        accepted = older.order_by("-observed_at").first()
    for reading in readings:
        if reading.decided_at is None:
            _judge_one(reading, accepted, before, now)
        before = reading
        if reading.state == SHOWN:
            accepted = reading
    return accepted


def _judge_one(reading, accepted, before, now):
    why = plausibility.why_held(reading, accepted=accepted, before=before)
    if why:
        seen = reading.observed_at > now - reading.department.shown_for
        _become(reading, state=HELD if seen else WITHDRAWN, held_for=JUMP, held_because=why)
    elif reading.held_for != FLAT:
        _become(reading, **RELEASED)


def _become(reading, **fields):
    """Set `fields` of `reading` and of its row, where they are not so already."""
    changed = {name: value for name, value in fields.items() if getattr(reading, name) != value}
    for name, value in changed.items():
        setattr(reading, name, value)
    if changed:
        WaitTimeReading.objects.filter(pk=reading.pk).update(**changed)


def _mind_flat_line(readings, feed, now, *, was_flat):
    """Hold what visitors could see of a flat line that goes on; let go what is none any more.

    `readings` are the newest of the `feed`, in their order, at least FLAT_READINGS where there are as many.
    """
    newest = readings[-1]
    last = readings[-plausibility.FLAT_READINGS :]
    alike = len(last) == plausibility.FLAT_READINGS and len({each.door_to_provider for each in last}) == 1
    if not (alike or was_flat):
        return
    run = _run_up_to(newest, feed)
    if alike and _is_flat(run, last):
        why = plausibility.why_flat(newest.minutes)
        seen = run.filter(state=SHOWN, decided_at__isnull=True, observed_at__gt=now - newest.department.shown_for)
        seen.update(state=HELD, held_for=FLAT, held_because=why)
    elif was_flat:
        # A late reading may have shown that it did move, or a person has confirmed it.
        run.filter(state=HELD, held_for=FLAT).update(**RELEASED)
        feed.filter(state=HELD, held_for=FLAT).update(state=WITHDRAWN)


def _run_up_to(newest, feed):
    """Return the readings with the wait of `newest`, unbroken up to it, as far back as is looked for a flat line."""
    begin = newest.observed_at - plausibility.FLAT_WITHIN
    window = feed.filter(observed_at__gte=begin, observed_at__lte=newest.observed_at)
    other = window.exclude(door_to_provider=newest.door_to_provider).order_by("-observed_at").first()
    return window if other is None else window.filter(observed_at__gt=other.observed_at)


def _is_flat(run, last):
    """Return whether the `run`, which ends with the readings `last`, is a flat line that nobody has confirmed."""
    newest = last[-1].observed_at
    since = run.order_by("observed_at").values_list("observed_at", flat=True).first()
    if last[0].observed_at < since or newest - since < plausibility.FLAT_FOR:
        return False
    return not run.filter(state=SHOWN, decided_at__gt=newest - plausibility.FLAT_FOR).exists()

"""What is wrong with the feeds: noticed once, told once, over when it is over.

A jump and a flat line are a concern as long as readings are held for it. A department is silent when a feed
that has fed it in the last 7 days, or has a key in use, has measured nothing for as long as a number is
shown; while it is temporarily closed, nobody is missed. What begins again within 30 minutes of its end is the
same concern: it goes on quietly.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.demonstration import without_made_up
from publishing.local_time import day_and_time

from .models import Concern, EmergencyDepartment, FeedKey, ReadingState, Source, WaitTimeReading
from .tasks import tell_staff

SAME_WITHIN = timedelta(minutes=30)
FED_WITHIN = timedelta(days=7)
KEPT_FOR = timedelta(days=90)

Kind = Concern.Kind


def open_concerns():
    """Return the Concerns that go on, the oldest first."""
    return Concern.objects.filter(ended_at__isnull=True).order_by("began_at")


def follow(department, now, *, heard=False):
    """Let the concerns about what is held of `department` begin and end as its readings say.

    `heard` tells that the feed has just spoken, so that it is silent no more. The department must be locked.
    """
    held = WaitTimeReading.objects.filter(department=department, state=ReadingState.HELD)
    newest = dict(held.order_by().values_list("held_for").annotate(Max("observed_at")))
    going_on = set(open_concerns().filter(department=department).values_list("kind", flat=True))
    for kind in newest.keys() - going_on:
        reading = held.filter(held_for=kind, observed_at=newest[kind]).first()
        begin(department, kind, now, details=reading.held_because)
    over = going_on - newest.keys() - (set() if heard else {Kind.SILENT})
    if over:
        open_concerns().filter(department=department, kind__in=over).update(ended_at=now)


@transaction.atomic
def begin(department, kind, now, *, details=""):
    """Note that something is wrong, and have staff told once this is committed. Return the Concern."""
    known = Concern.objects.filter(department=department, kind=kind)
    try:
        with transaction.atomic():
            concern = known.filter(ended_at__gt=now - SAME_WITHIN).order_by("-ended_at").first()
            if concern is None:
                concern = Concern.objects.create(department=department, kind=kind, details=details, began_at=now)
            else:
                concern.ended_at, concern.details = None, details
                concern.save(update_fields=["ended_at", "details"])
    except IntegrityError:  # another has noticed it in this very moment
        return known.get(ended_at__isnull=True)
    if concern.told_at is None:
        transaction.on_commit(lambda: tell_staff.enqueue(concern.pk))
    return concern


def mind_silence(department, now):
    """Let the concern about the silence of `department` begin or end; the department must be locked."""
    last = last_measured_at(department, now)
    silent = (
        department.is_published_at(now)
        and department.status_at(now) != EmergencyDepartment.Status.CLOSED
        and (last is not None or _has_key_in_use(department))
        and (last is None or last <= now - department.shown_for)
    )
    going_on = open_concerns().filter(department=department, kind=Kind.SILENT)
    if not silent:
        going_on.update(ended_at=now)
    elif not going_on.exists():
        told = _("No reading in the last 7 days.")
        if last is not None:
            told = _("The last reading of the feed: %(at)s.") % {"at": day_and_time(last)}
        begin(department, Kind.SILENT, now, details=told)


def last_measured_at(department, now):
    """Return when the newest reading of the feed was measured, held or not; None where FED_WITHIN saw none."""
    readings = WaitTimeReading.objects.filter(
        department=department, source=Source.FEED, observed_at__gt=now - FED_WITHIN
    )
    return without_made_up(readings).order_by("-observed_at").values_list("observed_at", flat=True).first()


def _has_key_in_use(department):
    keys = FeedKey.objects.filter(department=department, revoked_at__isnull=True)
    return without_made_up(keys).aggregate(used=Max("last_used_at"))["used"] is not None


def forget_old_concerns(now=None):
    """Delete what has been over for 90 days."""
    Concern.objects.filter(ended_at__lt=(now or timezone.now()) - KEPT_FOR).delete()

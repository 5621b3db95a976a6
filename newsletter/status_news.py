"""Telling those who asked for it that an emergency room or a location is closed, limited or open again.

Nobody is told by the one who sets a status: a job compares what holds now with what was told, so that a status which
ends by itself is told as well, and one that flaps makes no storm: a place is in one mail in half an hour at most,
and that tells the newest.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Location
from ertimes.models import EmergencyDepartment
from publishing.head import absolute
from publishing.local_time import day_and_time

from .announcing import announce
from .models import MailingList, ToldStatus

STANDS_FOR = timedelta(minutes=1)  # before it is told: who has pressed the wrong button takes it back at once
AT_MOST_EVERY = timedelta(minutes=30)


@dataclass(frozen=True)
class PlaceNow:
    """How it stands with one place. `key` names it; `until` is None where nobody has said."""

    key: str
    name: str
    address: str
    status: str
    label: str
    note: str
    until: datetime | None

    @property
    def sentences(self):
        """Return what is mailed of it, a text of some lines."""
        lines = [f"{self.name}: {self.label}", self.note]
        if self.until:
            lines.append(_("Until %(at)s.") % {"at": day_and_time(self.until)})
        return "\n".join(line for line in lines if line)


@transaction.atomic
def tell_status_changes(at=None):
    """Mail what has changed and may be told at `at` (default: now), all in one. Return its Mailing, None without any.

    What is met for the first time is noted and not told.
    """
    at = at or timezone.now()
    known = {told.place: told for told in ToldStatus.objects.select_for_update()}
    news = [place for place in places_now(at) if _is_news(known.get(place.key), place, at)]
    if not news:
        return None
    for place in news:
        ToldStatus.objects.filter(place=place.key).update(
            status=place.status, note=place.note, changed_at=None, mailed_at=at
        )
    several = _("Changes at %(number)d places") % {"number": len(news)}
    sentences = [place.sentences for place in news]
    sentences.append(_("Status as of %(at)s. In an emergency, call 911.") % {"at": day_and_time(at)})
    return announce(
        MailingList.Sends.STATUS_CHANGES,
        subject=several if len(news) > 1 else f"{news[0].name}: {news[0].label}",
        text="\n\n".join(sentences),
        address=absolute("/") if len(news) > 1 else news[0].address,
        occasion=f"status/{at.isoformat()}",
        at=at,
    )


def places_now(at):
    """Return a PlaceNow of each emergency department and location that is live at `at`; none that is made up."""
    departments = EmergencyDepartment.objects.published(at).filter(demonstration=False)
    locations = Location.objects.published(at).filter(demonstration=False)
    told = [_place(each, "ertimes.emergencydepartment", each.status_text, at) for each in departments]
    return told + [_place(each, "directory.location", each.status_note, at) for each in locations]


def _place(thing, label, note, at):
    status = thing.status_at(at)
    is_usual = status.value == "normal"
    return PlaceNow(
        key=f"{label}/{thing.pk}",
        name=thing.name,
        address=absolute(thing.get_absolute_url()),
        status=status.value,
        label=str(status.label),
        note="" if is_usual else note,
        until=None if is_usual else thing.status_until,
    )


def _is_news(told, place, at):
    """Return whether `place` is to be mailed at `at`, and note since when it has been another than was told."""
    if told is None:
        ToldStatus.objects.bulk_create(
            [ToldStatus(place=place.key, status=place.status, note=place.note)], ignore_conflicts=True
        )
        return False
    if (told.status, told.note) == (place.status, place.note):
        if told.changed_at is not None:
            ToldStatus.objects.filter(pk=told.pk).update(changed_at=None)
        return False
    if told.changed_at is None:
        ToldStatus.objects.filter(pk=told.pk).update(changed_at=at)
        return False
    rests = told.mailed_at is not None and at < told.mailed_at + AT_MOST_EVERY
    return at >= told.changed_at + STANDS_FOR and not rests

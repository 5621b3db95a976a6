"""What follows when an event is saved: its dates are written, and whoever is registered for one that moved is told.

Also where a draft is published or a version restored, which goes past Event.save.
"""

from django.db.models.signals import post_save, pre_save
from django.utils import timezone

from .dates import write_dates
from .models import Event, EventDate, RegistrationMail
from .telling import tell_registered


def follow_events():
    """Connect the signals; once, when the site starts."""
    pre_save.connect(_note_place, sender=Event, dispatch_uid="events.place")
    post_save.connect(_follow, sender=Event, dispatch_uid="events.dates")


def at_the_place_of(event):
    """Return the dates of `event` to come that are where the event says, and not at a place of their own."""
    to_come = EventDate.objects.filter(event=event, location=None, place="").upcoming(timezone.now())
    return to_come.filter(change__location=None).exclude(change__place__gt="")


def _note_place(instance, **kwargs):
    instance.place_before = Event.objects.filter(pk=instance.pk).values_list("location_id", "place").first()


def _follow(instance, **kwargs):
    moved = write_dates(instance)
    if instance.place_before not in (None, (instance.location_id, instance.place)):
        moved += at_the_place_of(instance)
    if moved:
        tell_registered(moved, RegistrationMail.Kind.DATE_CHANGED, occasion=timezone.now().isoformat())

"""At which location a date takes place: its own, else that of its part of the series, else the event's."""

from django.db.models import Q


def at_location(slug):
    """Return the condition, on EventDate, that a date is at the location `slug`. As `EventDate.where` has it."""
    unsaid = Q(location=None, place="")
    unchanged = Q(change=None) | Q(change__location=None, change__place="")
    of_event = unsaid & unchanged & Q(event__location__slug=slug)
    return Q(location__slug=slug) | unsaid & Q(change__location__slug=slug) | of_event

"""Deleting what people told when they registered, once it is needed no more."""

from datetime import timedelta

from django.utils import timezone

from .models import Event, Registration

PART = 2000  # in one statement, so that none takes long


def purge_registrations(at=None):
    """Delete the registrations whose date ended `Event.keep_days` ago, with their mails; return how many.

    Also those who waited or cancelled. Nothing else holds them: they have no history, and neither the audit log nor
    the worker's tasks name anybody.
    """
    at = at or timezone.now()
    deleted = 0
    for days in Event.objects.order_by().values_list("keep_days", flat=True).distinct():
        over = Registration.objects.filter(
            date__event__keep_days=days, date__ends_at__lte=at - timedelta(days=days)
        ).order_by()
        while keys := list(over.values_list("pk", flat=True)[:PART]):
            Registration.objects.filter(pk__in=keys).delete()
            deleted += len(keys)
    return deleted

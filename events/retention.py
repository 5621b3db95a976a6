"""Deleting what people told when they registered, once it is needed no more."""

from datetime import timedelta

from django.utils import timezone

from .models import NOT_HELD, DateStatus, Event, Registration

PART = 2000  # in one statement, so that none takes long
POSTPONED_DAYS = 365  # for which the people of a postponed date wait for its new day, at most


def purge_registrations(at=None):
    """Delete the registrations whose date ended `Event.keep_days` ago, with their mails; return how many.

    The people of a postponed date wait for its new day: they are kept for POSTPONED_DAYS after its old day, or after
    the last thing that was done with it. Of a cancelled one the days count from its cancelling where that was later,
    so that whoever is written to can still open the link.

    Also those who waited or cancelled. Nothing else holds them: they have no history, and neither the audit log nor
    the worker's tasks name anybody.
    """
    at = at or timezone.now()
    postponed = _done_with(at - timedelta(days=POSTPONED_DAYS)).filter(date__status=DateStatus.POSTPONED)
    deleted = _delete(postponed)
    for days in Event.objects.order_by().values_list("keep_days", flat=True).distinct():
        until = at - timedelta(days=days)
        held = Registration.objects.filter(date__ends_at__lte=until).exclude(date__status__in=NOT_HELD)
        cancelled = _done_with(until).filter(date__status=DateStatus.CANCELLED)
        deleted += sum(_delete(each.filter(date__event__keep_days=days)) for each in (held, cancelled))
    return deleted


def _done_with(until):
    return Registration.objects.filter(date__ends_at__lte=until, date__changed_at__lte=until)


def _delete(registrations):
    deleted = 0
    while keys := list(registrations.order_by().values_list("pk", flat=True)[:PART]):
        Registration.objects.filter(pk__in=keys).delete()
        deleted += len(keys)
    return deleted

"""What the worker looks at each minute: feeds gone silent, held readings that are too old, untold concerns."""

from django.db import transaction
from django.utils import timezone

from .concerns import follow, mind_silence, open_concerns
from .locking import lock
from .models import EmergencyDepartment
from .settling import withdraw_what_is_too_old
from .tasks import tell_staff


def watch_feeds(now=None):
    """Look at every department; have staff told of what the mail server did not take before."""
    now = now or timezone.now()
    for department in EmergencyDepartment.objects.all():
        _watch(department, now)
    for concern in open_concerns().filter(told_at__isnull=True):
        tell_staff.enqueue(concern.pk)


@transaction.atomic
def _watch(department, now):
    department = lock(department)
    if department is None:  # deleted in this very moment
        return
    withdraw_what_is_too_old(department, now)
    follow(department, now)
    mind_silence(department, now)

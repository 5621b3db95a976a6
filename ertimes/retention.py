"""Raw readings are deleted when they are old enough, a few at a time; what charts need of them stays by the hour."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .full_hours import HOUR, full_hour
from .hours import waits_by_hour
from .models import HourlyWait, WaitTimeReading

BATCH = 2000
BATCHES = 2  # in one run, so that the worker's other jobs do not wait


def delete_old_readings():
    """Delete readings older than READINGS_KEPT, at most BATCHES of BATCH; return how many went.

    Only whole hours go. An hour that was never summed up is summed up first.
    """
    before = full_hour(timezone.now() - settings.READINGS_KEPT)
    deleted = 0
    for _batch in range(BATCHES):
        in_batch = _delete_batch(before)
        deleted += in_batch
        if in_batch < BATCH:
            break
    return deleted


@transaction.atomic
def _delete_batch(before):
    """Delete the oldest BATCH readings from before `before`; return how many there were."""
    oldest = WaitTimeReading.objects.filter(observed_at__lt=before).order_by("observed_at")
    found = list(oldest.values_list("pk", "observed_at")[:BATCH])
    if not found:
        return 0
    first, last = found[0][1], found[-1][1]
    # Of an hour that an earlier batch has cut in two there is a row already, and it stays.
    rows = waits_by_hour([(full_hour(first), full_hour(last) + HOUR)])
    HourlyWait.objects.bulk_create(rows.values(), ignore_conflicts=True)
    WaitTimeReading.objects.filter(pk__in=[pk for pk, _observed_at in found]).delete()
    return len(found)

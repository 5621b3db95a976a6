"""The nightly comparison of the index with all that is public, and what came of it."""

from datetime import time

from django.utils import timezone
from django_tasks import task

from publishing.jobs import Daily

from .models import IndexCheck
from .rebuilding import agree

EVERY_NIGHT = Daily(at=time(3))


def ask_for_check():
    """Have a worker compare index and content. The thread of the jobs would be held by it for minutes."""
    check_index.enqueue()


@task()
def check_index():
    """Compare, mend what differs, and note how much that was. Safe to run twice."""
    agreement = agree()
    IndexCheck.objects.update_or_create(
        pk=1,
        defaults={
            "checked_at": timezone.now(),
            "right": agreement.right,
            "wrong": agreement.wrong,
            "extra": agreement.extra,
        },
    )

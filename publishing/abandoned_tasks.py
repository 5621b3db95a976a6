"""Freeing the tasks that a worker had begun when it was killed: nothing else would ever run them again."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

LONGEST_TASK = timedelta(minutes=15)  # far longer than any of ours: pictures take seconds, a mail at most ten
MOST_TRIES = 3


class AbandonedTaskError(Exception):
    """Every worker that had begun the task was killed before its end."""


def free_abandoned_tasks(now=None):
    """Let tasks that have been running for `LONGEST_TASK` be run again; give up after `MOST_TRIES`.

    Returns how many were freed. All our tasks are safe to run twice.
    """
    now = now or timezone.now()
    freed = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST_TASK):
        if len(task.worker_ids) >= MOST_TRIES:
            change = {
                "status": TaskResultStatus.FAILED,
                "finished_at": now,
                "exception_class_path": f"{AbandonedTaskError.__module__}.{AbandonedTaskError.__qualname__}",
                "traceback": f"Begun {len(task.worker_ids)} times and never finished.",
            }
        else:
            change = {"status": TaskResultStatus.READY, "started_at": None}
        still_there = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
        )
        if still_there.update(**change):
            freed += 1
            logger.warning("The task %s was left by its worker; it is %s now", task.task_path, change["status"])
    return freed

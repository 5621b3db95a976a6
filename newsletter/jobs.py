"""What the worker does for mailings: a task that sends for seconds and comes again, and jobs."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .mailings import finish_what_is_over, start_due
from .sending import is_due, send_round

# Whatever else waits for the worker has its turn between two rounds.
AFTER_ALL_ELSE = -50


@task(priority=AFTER_ALL_ELSE)
def send_mailings():
    """Send for a few seconds, and come again where more is due."""
    pause = send_round()
    if pause is not None:
        send_soon(pause)


def send_soon(pause=timedelta(0)):
    """Have the worker send what is due after `pause`, unless it will anyway."""
    waits = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=send_mailings.module_path)
    if not waits.exists():
        send_mailings.using(run_after=timezone.now() + pause if pause else None).enqueue()


def look_after_mailings():
    """Go on with what is due: after a pause, and after a worker was killed. A job of every few seconds."""
    finish_what_is_over()
    if is_due(timezone.now()):
        send_soon()


def start_mailings():
    """Begin to mail the newsletters that were published. A job of each minute."""
    start_due()
    look_after_mailings()

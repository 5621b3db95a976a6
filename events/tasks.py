"""Work for people registered that is done beside the requests."""

from django.utils import timezone
from django_tasks import task

from .models import RegistrationMail
from .reminders import promise_reminders
from .retention import purge_registrations
from .sending import MOST_IN_A_ROUND, MOST_TRIES, send_due_mails
from .waiting import settle_all


@task()
def send_mails():
    """Send what the outbox holds. It takes no argument, so that nobody's address stays in the task table."""
    if send_due_mails() == MOST_IN_A_ROUND:
        send_mails.enqueue()


def look_after_registrations():
    """End offers, hand on seats, remind, and have sent what is due. A job of each minute."""
    at = timezone.now()
    settle_all(at)
    promise_reminders(at)
    if RegistrationMail.objects.filter(sent_at=None, due_at__lte=at, tries__lt=MOST_TRIES).exists():
        send_mails.enqueue()


def delete_old_registrations():
    """Forget those whose time is over. A daily job."""
    purge_registrations()

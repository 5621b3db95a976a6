"""Work for subscribers that is done beside the requests. Tasks take keys, so that no address stays in their table."""

from django_tasks import task

from .address_changes import send_change
from .answering import answer
from .retention import forget


@task()
def answer_sign_up(subscriber_id):
    """Ask the address of the Subscriber to confirm, or say that it has all already."""
    answer(subscriber_id)


@task()
def ask_new_address(change_id):
    """Ask the new address of the AddressChange to confirm it."""
    send_change(change_id)


def look_after_subscribers():
    """Forget what is needed no more. A daily job."""
    forget()

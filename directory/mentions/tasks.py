"""What is done about numbers in texts beside the requests."""

from datetime import time

from django_tasks import task

from publishing.jobs import Daily

from . import comparing, following, keeping

EVERY_NIGHT = Daily(at=time(3, 30))


@task()
def follow_numbers(keys):
    """Let all texts follow the ContactNumbers `keys`. Safe to run twice."""
    for key in keys:
        following.follow(key)


@task()
def ask_whose_they_are(values):
    """Ask anew whose the numbers `values` are, wherever they stand. Safe to run twice."""
    keeping.reconsider(values)


def ask_for_comparison():
    """Have a worker compare all texts with what is known of them. The thread of the jobs would be held for minutes."""
    compare_texts.enqueue()


@task()
def compare_texts():
    """Compare, mend what differs, and let what was left behind follow. Safe to run twice."""
    comparing.compare()
    for number in comparing.left_behind():
        following.follow(number)

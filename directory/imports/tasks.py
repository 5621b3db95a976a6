"""Long imports are done by the worker."""

from django.db import transaction
from django_tasks import task

from .working import go_on


@task()
def go_on_with_import(run_pk):
    """Do what the run's state asks for. Safe to run twice."""
    go_on(run_pk)


def go_on_later(run):
    """Have the worker go on with `run` once this transaction is committed."""
    transaction.on_commit(lambda: go_on_with_import.enqueue(run.pk))

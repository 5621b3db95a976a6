from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult, get_date_max

from publishing.abandoned_tasks import LONGEST_TASK, AbandonedTaskError, free_abandoned_tasks

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 17, tzinfo=UTC)
LONG_AGO = NOW - LONGEST_TASK - timedelta(seconds=1)


def create_task(*, status="RUNNING", started_at=LONG_AGO, workers=1):
    return DBTaskResult.objects.create(
        status=status,
        started_at=started_at,
        worker_ids=[f"worker-{number}" for number in range(workers)],
        task_path="publishing.tasks.make_renditions",
        args_kwargs={"args": [0], "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
    )


def test_a_task_that_was_left_behind_is_run_again():
    task = create_task()

    assert free_abandoned_tasks(NOW) == 1

    task.refresh_from_db()
    assert (task.status, task.started_at, task.worker_ids) == ("READY", None, ["worker-0"])
    assert list(DBTaskResult.objects.ready()) == [task]


def test_a_task_that_kills_every_worker_is_given_up():
    task = create_task(workers=3)

    assert free_abandoned_tasks(NOW) == 1

    task.refresh_from_db()
    assert (task.status, task.finished_at) == ("FAILED", NOW)
    assert task.task_result.errors[0].exception_class is AbandonedTaskError


@pytest.mark.parametrize(
    ("status", "started_at"),
    [
        ("RUNNING", NOW - LONGEST_TASK),
        ("RUNNING", NOW),
        ("READY", None),
        ("SUCCESSFUL", LONG_AGO),
        ("FAILED", LONG_AGO),
    ],
)
def test_other_tasks_are_left_alone(status, started_at):
    task = create_task(status=status, started_at=started_at)

    assert free_abandoned_tasks(NOW) == 0

    task.refresh_from_db()
    assert (task.status, task.started_at) == (status, started_at)

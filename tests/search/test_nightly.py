import pytest
from django_tasks import default_task_backend

from publishing.jobs import registered_jobs
from search.indexing import forget
from search.models import Entry, IndexCheck
from search.nightly import EVERY_NIGHT, ask_for_check, check_index
from search.rebuilding import rebuild
from tests.factories import create_service

pytestmark = pytest.mark.django_db


def test_the_check_mends_what_differs_and_notes_how_much():
    service, gone = create_service(name="Cardiology"), create_service(name="Gone")
    rebuild()
    Entry.objects.filter(object_id=service.pk).update(title="Wrong", digest="x")
    type(gone).objects.filter(pk=gone.pk).update(published_at=None)

    check_index.call()

    assert list(IndexCheck.objects.values_list("right", "wrong", "extra")) == [(0, 1, 1)]
    assert Entry.objects.get(kind="service").title == "Cardiology"


def test_a_second_check_finds_nothing_and_replaces_the_first():
    service = create_service(name="Cardiology")
    rebuild()
    forget("service", [service.pk])
    check_index.call()

    check_index.call()

    assert list(IndexCheck.objects.values_list("right", "wrong", "extra")) == [(1, 0, 0)]


def test_the_job_only_asks_a_worker_for_it():
    default_task_backend.clear()

    ask_for_check()

    assert [result.task for result in default_task_backend.results] == [check_index]
    assert IndexCheck.objects.count() == 0


def test_it_runs_every_night_at_three():
    (job,) = [job for job in registered_jobs() if job.function is ask_for_check]

    assert (job.every, str(job.every.at)) == (EVERY_NIGHT, "03:00:00")

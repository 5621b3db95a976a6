import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time as clock
from contextlib import closing
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection

from publishing import jobs
from publishing.jobs import Daily, JobThread, Registered, Rounds, Weekly, registered_jobs
from publishing.models import Job
from tests import prepared_site
from tests.live_site import ROOT

NOON = datetime(2026, 3, 4, 17, tzinfo=UTC)  # Wednesday, noon at the hospital
MONDAY_7 = Weekly(weekday=0, at=time(7))
AT_3 = Daily(at=time(3))


def job(function, *, name="count", every=timedelta(minutes=5), alone=True):
    return Registered(name, function, every, alone)


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        pytest.param(datetime(2026, 3, 4, 17, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC), id="in-the-week"),
        pytest.param(datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC), id="to-the-second"),
        pytest.param(datetime(2026, 3, 2, 11, 59, tzinfo=UTC), datetime(2026, 2, 23, 12, tzinfo=UTC), id="just-before"),
        pytest.param(datetime(2026, 3, 9, 3, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC), id="sunday-night"),
        pytest.param(datetime(2026, 3, 10, 3, tzinfo=UTC), datetime(2026, 3, 9, 11, tzinfo=UTC), id="summer-time"),
    ],
)
def test_a_week_begins_by_the_hospitals_clock(now, latest):
    assert MONDAY_7.latest(now) == latest


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        pytest.param(datetime(2026, 3, 4, 17, tzinfo=UTC), datetime(2026, 3, 4, 8, tzinfo=UTC), id="at-noon"),
        pytest.param(datetime(2026, 3, 4, 8, tzinfo=UTC), datetime(2026, 3, 4, 8, tzinfo=UTC), id="to-the-second"),
        pytest.param(datetime(2026, 3, 4, 7, 59, tzinfo=UTC), datetime(2026, 3, 3, 8, tzinfo=UTC), id="just-before"),
        pytest.param(datetime(2026, 3, 8, 12, tzinfo=UTC), datetime(2026, 3, 8, 7, tzinfo=UTC), id="night-of-23-hours"),
        pytest.param(datetime(2026, 11, 1, 12, tzinfo=UTC), datetime(2026, 11, 1, 8, tzinfo=UTC), id="night-of-25"),
    ],
)
def test_a_day_begins_by_the_hospitals_clock(now, latest):
    assert AT_3.latest(now) == latest


@pytest.mark.django_db
def test_a_daily_job_runs_once_a_night_whichever_worker_comes_first():
    runs = []
    nightly = job(lambda: runs.append(1), every=AT_3)
    workers = [Rounds([nightly]), Rounds([nightly])]

    for hour in range(48):
        for worker in workers:
            worker.run_due(NOON + timedelta(hours=hour))

    assert len(runs) == 2


@pytest.mark.django_db
def test_a_job_runs_as_often_as_it_was_registered_for():
    runs = []
    rounds = Rounds([job(lambda: runs.append(1))])

    ran = [rounds.run_due(NOON + timedelta(seconds=seconds)) for seconds in (0, 1, 299, 300, 301, 1200)]

    assert ran == [["count"], [], [], ["count"], [], ["count"]]
    assert len(runs) == 3


@pytest.mark.django_db
def test_two_workers_do_not_run_a_job_twice():
    runs = []
    workers = [Rounds([job(lambda: runs.append(1))]) for _ in range(2)]

    for seconds in range(0, 601, 60):
        for worker in workers:
            worker.run_due(NOON + timedelta(seconds=seconds))

    assert len(runs) == 3  # at 0, 5 and 10 minutes


@pytest.mark.django_db
def test_a_weekly_job_waits_for_its_hour_and_then_runs_once():
    runs = []
    weekly = job(lambda: runs.append(1), every=MONDAY_7)
    workers = [Rounds([weekly]), Rounds([weekly])]

    ran = []
    for day in range(14):
        for hour in range(24):
            at = NOON + timedelta(days=day, hours=hour)
            ran += [at for worker in workers if worker.run_due(at)]

    assert ran == [datetime(2026, 3, 9, 11, tzinfo=UTC), datetime(2026, 3, 16, 11, tzinfo=UTC)]


@pytest.mark.django_db
def test_a_weekly_job_that_was_missed_runs_when_the_worker_is_back():
    weekly = job(lambda: None, every=MONDAY_7)
    Rounds([weekly]).run_due(NOON)

    assert Rounds([weekly]).run_due(NOON + timedelta(days=6)) == ["count"]  # Tuesday
    assert Rounds([weekly]).run_due(NOON + timedelta(days=6, hours=1)) == []


@pytest.mark.django_db
def test_a_weekly_job_that_fails_is_tried_again_a_minute_later(caplog):
    runs = []

    def fails_once():
        runs.append(1)
        if len(runs) == 1:
            raise OSError("the mail server is away")

    rounds = Rounds([job(fails_once, every=MONDAY_7)])
    rounds.run_due(NOON)
    monday = datetime(2026, 3, 9, 11, tzinfo=UTC)

    ran = [bool(rounds.run_due(monday + timedelta(seconds=seconds))) for seconds in (0, 1, 60, 61, 120, 3600)]

    assert ran == [True, False, True, False, False, False]
    assert "The job “count” failed" in caplog.text


@pytest.mark.django_db
def test_a_job_that_fails_stops_no_other(caplog):
    runs = []

    def fails():
        raise ValueError("wrong")

    rounds = Rounds([job(fails, name="a"), job(lambda: runs.append(1), name="b")])

    assert rounds.run_due(NOON) == ["a", "b"]
    assert rounds.run_due(NOON + timedelta(minutes=5)) == ["a", "b"]
    assert len(runs) == 2


@pytest.mark.django_db
def test_a_job_that_needs_not_be_alone_writes_nothing(django_assert_num_queries):
    rounds = Rounds([job(lambda: None, alone=False)])

    with django_assert_num_queries(0):
        assert rounds.run_due(NOON) == ["count"]
        assert rounds.run_due(NOON) == []
    assert Rounds([job(lambda: None, alone=False)]).run_due(NOON) == ["count"]
    assert Job.objects.count() == 0


def test_the_thread_goes_on_when_the_database_is_away_and_stops_when_told(monkeypatch, caplog):
    monkeypatch.setattr(jobs, "PAUSE_AFTER_FAILURE", timedelta(seconds=0.01))
    monkeypatch.setattr(jobs, "TICK", timedelta(seconds=0.01))
    came_back = threading.Event()

    class Away:
        times = 0

        def run_due(self):
            self.times += 1
            if self.times < 3:
                raise DatabaseError("gone")
            came_back.set()

    thread = JobThread(Away())
    thread.start()
    assert came_back.wait(5)
    thread.stop()

    assert thread.is_alive() is False
    assert caplog.text.count("No job could be looked at") == 2


def test_the_site_has_its_jobs():
    assert {"publish what is due", "free abandoned tasks"} <= {each.name for each in registered_jobs()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.several_writers
def test_two_workers_at_the_same_moment_run_a_job_once():
    runs, barrier = [], threading.Barrier(4)

    def work():
        try:
            rounds = Rounds([job(lambda: runs.append(1))])
            barrier.wait()
            rounds.run_due(NOON)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(runs) == 1


# The worker itself, as a process.

ENQUEUE = """
import django; django.setup()
from publishing.tasks import make_renditions
make_renditions.enqueue(0)
"""


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "backus_site.settings"}
    prepared_site.copy_to(tmp_path)
    return environment


def run(environment, *command):
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, capture_output=True)


def tasks_and_jobs(environment):
    """Return the states of all tasks, and whether the job that frees abandoned ones has been run."""
    with closing(sqlite3.connect(f"{environment['DATA_DIR']}/db.sqlite3", timeout=10)) as database:
        tasks = database.execute("SELECT status FROM django_tasks_database_dbtaskresult").fetchall()
        run = "SELECT 1 FROM publishing_job WHERE name = 'free abandoned tasks' AND last_run_at IS NOT NULL"
        jobs = database.execute(run).fetchall()
    return [status for (status,) in tasks], bool(jobs)


def wait_for(question, answer, seconds=90):
    until = clock.monotonic() + seconds
    while clock.monotonic() < until:
        if (given := question()) == answer:
            return
        clock.sleep(0.2)
    raise AssertionError(f"it is still {given!r}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_runs_tasks_and_jobs_and_ends_in_order(environment, number):
    run(environment, "-c", ENQUEUE)
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_for(lambda: tasks_and_jobs(environment), (["SUCCESSFUL"], True))
        worker.send_signal(number)
        said, _nothing = worker.communicate(timeout=60)
    finally:
        worker.kill()

    assert worker.returncode == 0
    assert "Traceback" not in said


def test_a_batch_runs_the_tasks_and_no_jobs(environment):
    run(environment, "-c", ENQUEUE)

    run(environment, "manage.py", "work", "--batch", "--no-startup-delay")

    assert tasks_and_jobs(environment) == (["SUCCESSFUL"], False)

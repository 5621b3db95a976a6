"""Work that comes round again: every so often, or once a day or week at an hour of the hospital's clock.

An app names its jobs in AppConfig.ready with `register_job`. The worker (`manage.py work`) runs them in one
thread beside its tasks. Several workers agree in the database on who runs a job, so that none runs twice.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time, timedelta

from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from .local_time import localize
from .models import Job

logger = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
LOOK_AT_THE_CLOCK = timedelta(minutes=1)
PAUSE_AFTER_FAILURE = timedelta(seconds=10)  # of the database
STOP_WITHIN = timedelta(seconds=10)  # that a job which is being run has, when the worker is told to end


@dataclass(frozen=True)
class Weekly:
    """Once a week: `weekday` 0 is Monday, `at` the time on the hospital's clock."""

    weekday: int
    at: time

    def latest(self, now):
        """Return the last instant up to `now` at which it was to run, an aware datetime."""
        today = timezone.localtime(now, timezone.get_default_timezone()).date()
        day = today - timedelta(days=(today.weekday() - self.weekday) % 7)
        latest = localize(day, self.at)
        return latest if latest <= now else localize(day - timedelta(days=7), self.at)


@dataclass(frozen=True)
class Daily:
    """Once a day: `at` is the time on the hospital's clock, and none from 2 to 3, an hour that is skipped in March."""

    at: time

    def latest(self, now):
        """Return the last instant up to `now` at which it was to run, an aware datetime."""
        today = timezone.localtime(now, timezone.get_default_timezone()).date()
        latest = localize(today, self.at)
        return latest if latest <= now else localize(today - timedelta(days=1), self.at)


@dataclass(frozen=True)
class Registered:
    """A job as it was registered: `every` is a timedelta, a Daily or a Weekly, `function` takes nothing."""

    name: str
    function: Callable
    every: timedelta | Daily | Weekly
    alone: bool

    @property
    def has_its_hour(self):
        return isinstance(self.every, Daily | Weekly)

    @property
    def pause(self):
        """Return how long one worker waits until it looks at the job again."""
        return LOOK_AT_THE_CLOCK if self.has_its_hour else self.every

    def due_since(self, now):
        """Return the instant since which it must not have run, to be due at `now`."""
        return self.every.latest(now) - timedelta.resolution if self.has_its_hour else now - self.every


_registered = {}


def register_job(name, function, *, every, alone=True):
    """Have the worker call `function` without arguments `every` timedelta, or once in every Weekly.

    It must be safe to run twice: one that fails half way is run again. A weekly job that raises is tried
    again a minute later; one that is new waits for its next hour, so that a new site sends no mail.
    With `alone` False every worker runs it at its own pace and nothing is written down; for what is
    cheap and already safe to run at the same time.
    """
    _registered[name] = Registered(name, function, every, alone)


def registered_jobs():
    """Return the jobs, in the order of their names."""
    return [_registered[name] for name in sorted(_registered)]


class Rounds:
    """One worker's view of the jobs: what it has to look at, and when again."""

    def __init__(self, jobs=None):
        self.jobs = registered_jobs() if jobs is None else jobs
        self._looks = {}  # name: instant
        self._known = False

    def run_due(self, now=None):
        """Run what is due at `now` and no other worker has begun. Return the names of what was run."""
        now = now or timezone.now()
        if not self._known:
            self._make_known(now)
        return [job.name for job in self.jobs if self._looks.get(job.name, now) <= now and self._run(job, now)]

    def _make_known(self, now):
        rows = [Job(name=job.name, last_run_at=now if job.has_its_hour else None) for job in self.jobs if job.alone]
        Job.objects.bulk_create(rows, ignore_conflicts=True)
        self._known = True

    def _run(self, job, now):
        """Claim the job and run it; return whether it was ours."""
        claimed = not job.alone or self._claim(job, now)
        self._looks[job.name] = now + job.pause
        if not claimed:
            return False
        try:
            job.function()
        except Exception:
            # Whatever went wrong in one job, the others and the next round go on.
            logger.exception("The job “%s” failed", job.name)
            if job.has_its_hour:
                Job.objects.filter(name=job.name, last_run_at=now).update(last_run_at=job.due_since(now))
        return True

    def _claim(self, job, now):
        due = Q(last_run_at__isnull=True) | Q(last_run_at__lte=job.due_since(now))
        return Job.objects.filter(due, name=job.name).update(last_run_at=now) == 1


class JobThread(threading.Thread):
    """Goes round until it is told to stop."""

    def __init__(self, rounds=None):
        super().__init__(name="jobs", daemon=True)
        self._rounds = rounds or Rounds()
        self._stopping = threading.Event()

    def run(self):
        pause = timedelta(0)
        while not self._stopping.wait(pause.total_seconds()):
            close_old_connections()  # one that broke or is old is not used again
            try:
                self._rounds.run_due()
                pause = TICK
            except Exception:
                # The database did not even let a job be claimed: there is nothing to do but to come again.
                logger.exception("No job could be looked at")
                pause = PAUSE_AFTER_FAILURE
            finally:
                close_old_connections()

    def stop(self):
        """Ask it to end, and give the job that is being run a little time."""
        self._stopping.set()
        self.join(STOP_WITHIN.total_seconds())


@contextmanager
def running_jobs():
    """Run the jobs beside the block."""
    thread = JobThread()
    thread.start()
    try:
        yield
    finally:
        thread.stop()

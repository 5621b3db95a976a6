"""Weekly newsletters that the site writes by itself: once a week, nothing twice, nothing empty."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connections

from newsletter.digests import preview, write, write_due_digests
from newsletter.models import DigestRun, Issue
from newsletter.rendering import render_issue
from publishing.jobs import registered_jobs
from tests.factories import create_article, create_digest, create_event, create_superuser
from tests.publishing.desk.forms import change_address, save

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)  # five past seven at the hospital
WEEK = timedelta(days=7)


def create_post(headline, published_at):
    return create_article(headline=headline, published_at=published_at)


def posts_in(issue, at):
    text = render_issue(issue, at).text
    return [headline for headline in ("Old", "First", "Second", "Third", "Late") if f"\n{headline}\n" in text]


def test_it_is_written_once_when_its_hour_has_come():
    digest = create_digest(subject="Health news", active=True)
    create_post("First", MONDAY - timedelta(days=1))

    early = write_due_digests(MONDAY - timedelta(minutes=6))
    (run,) = write_due_digests(MONDAY)
    again = write_due_digests(MONDAY + timedelta(minutes=15))

    assert (early, again) == ([], [])
    issue = Issue.objects.get()
    assert (run.issue, run.outcome, run.week, run.posts) == (issue, "sent", date(2026, 11, 23), 1)
    assert (issue.subject, issue.slug) == ("Health news, November 23, 2026", "health-news-2026-11-23")
    assert (issue.digest, issue.published_at, list(issue.lists.all())) == (True, MONDAY, [digest.mailing_list])


def test_no_post_comes_twice_and_none_is_left_out():
    create_digest(active=True)
    create_post("Old", MONDAY - timedelta(days=9))
    create_post("First", MONDAY - timedelta(days=1))
    write_due_digests(MONDAY)
    create_post("Second", MONDAY + timedelta(seconds=20))  # between the writing and the sending
    create_post("Third", MONDAY + timedelta(days=3))
    write_due_digests(MONDAY + WEEK)

    second, first = Issue.objects.order_by("-published_at")

    assert posts_in(first, MONDAY + timedelta(minutes=1)) == ["First"]
    assert posts_in(second, MONDAY + WEEK + timedelta(minutes=1)) == ["Second", "Third"]


def test_an_empty_week_is_skipped_and_noted_and_its_posts_are_not_lost():
    create_digest(active=True, intro="<p>Every week.</p>")

    (run,) = write_due_digests(MONDAY)
    create_post("First", MONDAY + timedelta(days=1))
    (next_run,) = write_due_digests(MONDAY + WEEK)

    assert (run.outcome, run.issue) == ("empty", None)
    assert posts_in(next_run.issue, MONDAY + WEEK) == ["First"]
    assert Issue.objects.count() == 1


def test_events_alone_are_worth_a_mail_where_they_are_wanted():
    create_event(title="Class", first_day=date(2026, 11, 25))
    with_events, without = create_digest(active=True, posts=0), create_digest(active=True, events=0)

    runs = {run.digest: run for run in write_due_digests(MONDAY)}

    assert (runs[with_events].outcome, runs[with_events].events) == ("sent", 1)
    assert runs[without].outcome == "empty"


def test_one_that_is_off_or_new_or_late_is_not_written():
    create_post("First", MONDAY - timedelta(days=1))
    create_digest(active=False)
    create_digest(active=True, made_at=MONDAY)
    create_digest(active=True, weekday=6)  # Sunday: the worker was away for a day

    assert write_due_digests(MONDAY) == []
    assert Issue.objects.count() == 0


def test_another_day_of_the_week_does_not_write_a_week_twice():
    digest = create_digest(active=True)
    create_post("First", MONDAY - timedelta(days=1))
    write_due_digests(MONDAY)
    create_post("Second", MONDAY + timedelta(days=1))
    digest.weekday = 3
    digest.save()

    assert write_due_digests(MONDAY + timedelta(days=3)) == []


def test_one_that_would_be_cut_off_is_held_back_and_its_posts_come_the_next_time():
    digest = create_digest(active=True, intro="<p>Words of an editor.</p>" * 3000)
    create_post("First", MONDAY - timedelta(days=1))

    (run,) = write_due_digests(MONDAY)
    digest.intro = ""
    digest.save()
    (next_run,) = write_due_digests(MONDAY + WEEK)

    assert (run.outcome, run.issue) == ("too_large", None)
    assert posts_in(next_run.issue, MONDAY + WEEK) == ["First"]


def test_a_subject_of_that_day_that_is_taken_gets_another_address():
    for _number in range(2):
        create_digest(subject="News", active=True)
    create_post("First", MONDAY - timedelta(days=1))

    write_due_digests(MONDAY)

    assert sorted(Issue.objects.values_list("slug", flat=True)) == ["news-2026-11-23", "news-2026-11-23-2"]


def test_what_goes_wrong_with_one_does_not_keep_the_others_back(caplog):
    create_digest(active=True, hour=30)  # by a program: no form would take it
    good = create_digest(active=True)
    create_post("First", MONDAY - timedelta(days=1))

    runs = write_due_digests(MONDAY)

    assert [run.digest for run in runs] == [good]
    assert "could not be written" in caplog.text
    assert DigestRun.objects.count() == 1


def test_one_that_is_turned_on_waits_for_its_next_hour(client):
    digest = create_digest(active=False)
    create_post("First", MONDAY - timedelta(days=1))

    with time_machine.travel(MONDAY, tick=False):
        client.force_login(create_superuser())
        response = save(client, digest, active="on")
        now = write_due_digests()

    digest.refresh_from_db()
    assert (response.status_code, digest.active, digest.made_at) == (302, True, MONDAY)
    assert now == []
    assert len(write_due_digests(MONDAY + WEEK)) == 1


def test_its_preview_stores_nothing(client):
    digest = create_digest(active=True)
    create_post("First", MONDAY - timedelta(days=1))
    client.force_login(create_superuser())

    _issue, composition, rendering = preview(digest, MONDAY)
    page = client.get(change_address(digest, "mail"), {"at": "2026-11-23T07:05"})
    frame = client.get(change_address(digest, "mail") + "shown/", {"at": "2026-11-23T07:05"})

    assert [post.headline for post in composition.posts] == ["First"]
    assert rendering.subject == page.context["rendering"].subject
    assert "First" in frame.content.decode()
    assert (Issue.objects.count(), DigestRun.objects.count()) == (0, 0)


def test_its_screens_tell_what_happened(client):
    digest = create_digest(active=True)
    write(digest, MONDAY, week=date(2026, 11, 23))
    client.force_login(create_superuser())

    form = client.get(change_address(digest)).content.decode()
    rows = client.get("/admin/newsletter/digest/").content.decode()

    assert "Nothing new, so nothing was sent" in form
    assert "Mon, Nov 23, 7:05 AM EST: Nothing new, so nothing was sent" in rows


@pytest.mark.parametrize(
    ("now", "next_at"),
    [
        pytest.param("2026-10-26T11:30+00:00", "2026-11-02T12:00+00:00", id="half-past-seven"),
        pytest.param("2026-11-01T12:30+00:00", "2026-11-02T12:00+00:00", id="a-day-after-clocks-went-back"),
        pytest.param("2026-03-02T11:30+00:00", "2026-03-02T12:00+00:00", id="half-past-six"),
        pytest.param("2026-03-02T12:00+00:00", "2026-03-09T11:00+00:00", id="over-the-day-clocks-go-forward"),
        pytest.param("2026-10-26T11:00+00:00", "2026-11-02T12:00+00:00", id="at-its-very-instant"),
    ],
)
def test_it_tells_when_it_comes_next_by_the_clock_of_the_hospital(now, next_at):
    digest = create_digest(active=True)  # Monday, seven

    assert digest.next_at(datetime.fromisoformat(now)) == datetime.fromisoformat(next_at)


def test_a_week_that_has_been_written_is_not_told_as_the_next_one():
    digest = create_digest(active=True)
    write(digest, MONDAY, week=date(2026, 11, 23))
    digest.weekday = 3

    assert digest.next_at(MONDAY) == datetime(2026, 12, 3, 12, tzinfo=UTC)


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one():
    create_digest(active=True)
    create_post("First", MONDAY - timedelta(days=1))
    barrier, runs = threading.Barrier(2), []

    def work():
        barrier.wait()
        try:
            runs.extend(write_due_digests(MONDAY))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (len(runs), Issue.objects.count(), DigestRun.objects.count()) == (1, 1, 1)


def test_its_job_comes_every_quarter_of_an_hour():
    job = next(job for job in registered_jobs() if job.name == "weekly newsletters")

    assert (job.function, job.every) == (write_due_digests, timedelta(minutes=15))

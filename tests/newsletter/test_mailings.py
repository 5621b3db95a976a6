"""Beginning a mailing: who is on it, what is frozen, and what is not mailed by surprise."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks import default_task_backend

from newsletter import mailings
from newsletter.claims import LEASE, claim
from newsletter.jobs import look_after_mailings
from newsletter.mailings import KEPT, forget_recipients, keep_counts, mailing_counts, never_mailed, start, start_due
from newsletter.models import Delivery, Issue, Mailing, Subscription, TextBlock
from newsletter.sending import send_round
from publishing.drafting import unpublish
from tests.factories import create_issue, create_mailing_list, create_subscriber
from tests.newsletter.mailings import begin, states, subscribe

pytestmark = pytest.mark.django_db


def create_due(*, text="<p>Wash your hands.</p>", **fields):
    """Return an issue that was just published to a list with one reader."""
    mailing_list = create_mailing_list()
    subscribe(mailing_list)
    fields.setdefault("published_at", timezone.now() - timedelta(minutes=1))
    blocks = [TextBlock(text=text)] if text else []
    return create_issue(lists=[mailing_list], blocks=blocks, **fields)


def test_who_has_several_lists_is_mailed_once_and_who_confirmed_none_not_at_all():
    first, second, other = (create_mailing_list() for _each in range(3))
    both = subscribe(first)
    Subscription.objects.create(subscriber=both, mailing_list=second, confirmed_at=timezone.now())
    Subscription.objects.create(subscriber=create_subscriber(), mailing_list=first)
    subscribe(other)
    issue = create_issue(lists=[first, second], blocks=[TextBlock(text="<p>Words.</p>")])

    mailing = start(issue)

    assert states(mailing) == {both.email: "waiting"}
    assert (mailing.addresses, mailing.lists) == (1, f"{first.name}, {second.name}")


def test_beginning_twice_gives_the_first_mailing_and_what_it_said_then():
    issue = create_due()
    mailing = start(issue)
    Issue.objects.filter(pk=issue.pk).update(subject="Another")
    subscribe(issue.lists.get())

    again = start(issue)

    assert (again, again.subject, again.addresses) == (mailing, issue.subject, 1)


@pytest.mark.parametrize("in_error", [True, False])
def test_what_is_taken_down_in_the_last_moment_is_not_mailed(in_error):
    issue, at = create_due(), timezone.now()
    unpublish(issue, user=None, in_error=in_error)

    assert start(issue, at) is None
    assert Mailing.objects.count() == 0


def test_a_list_without_readers_is_done_at_once():
    mailing = begin()

    assert (mailing.state, mailing.addresses) == ("done", 0)


def test_what_was_just_published_begins_once():
    create_due()

    start_due()
    start_due()

    assert Mailing.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"published_at": None}, id="draft"),
        pytest.param({"published_at": timezone.now() + timedelta(hours=1)}, id="scheduled"),
        pytest.param({"published_at": timezone.now() - timedelta(days=2)}, id="old"),
        pytest.param({"demonstration": True}, id="demonstration"),
        pytest.param({"text": ""}, id="empty"),
    ],
)
def test_what_is_not_due_is_not_begun(fields):
    create_due(**fields)

    start_due()

    assert Mailing.objects.count() == 0


def test_staff_are_told_of_what_should_have_been_mailed_and_was_not():
    now = timezone.now()
    old = create_due(published_at=now - timedelta(days=2))
    empty = create_due(text="", published_at=now - timedelta(hours=1))
    create_due(published_at=now - timedelta(minutes=1))
    create_due(demonstration=True, published_at=now - timedelta(days=2))
    start(create_due(published_at=now - timedelta(hours=1)))

    assert list(never_mailed(now)) == [old, empty]


def test_the_counts_stay_when_the_recipients_are_forgotten():
    mailing = begin(readers=3)
    send_round()
    now = timezone.now()

    keep_counts(now)
    forget_recipients(now)
    assert Delivery.objects.count() == 3
    forget_recipients(now + KEPT + timedelta(minutes=1))

    mailing.refresh_from_db()
    assert (Delivery.objects.count(), mailing_counts(mailing)[Delivery.State.SENT], mailing.sent) == (0, 3, 3)


def test_recipients_are_forgotten_mailing_by_mailing_and_of_the_old_ones_alone(monkeypatch):
    monkeypatch.setattr(mailings, "PART", 2)
    old, older, new = begin(readers=3), begin(readers=1), begin(readers=1)
    now = timezone.now()
    for mailing, age in [(old, KEPT * 2), (older, KEPT * 3), (new, timedelta(days=1))]:
        Mailing.objects.filter(pk=mailing.pk).update(state="done", done_at=now - age, counted_at=now - age)

    with CaptureQueriesContext(connection) as queries:
        forget_recipients(now)

    assert list(Delivery.objects.values_list("mailing", flat=True)) == [new.pk]
    assert [query["sql"] for query in queries if "JOIN" in query["sql"]] == []


def test_what_was_stopped_is_counted_when_no_worker_is_at_it_any_more():
    mailing, now = begin(readers=2), timezone.now()
    claim(mailing, "a worker", now)
    Mailing.objects.update(state=Mailing.State.CANCELLED, done_at=now)

    keep_counts(now)
    mailing.refresh_from_db()
    assert mailing.counted_at is None

    keep_counts(now + LEASE)
    mailing.refresh_from_db()
    assert (mailing.counted_at, mailing.waiting) == (now + LEASE, 2)


def test_a_mailing_whose_worker_was_killed_after_the_last_mail_ends_all_the_same():
    over, going = begin(readers=1), begin(readers=1)
    over.deliveries.update(state=Delivery.State.SENT)

    look_after_mailings()

    over.refresh_from_db()
    going.refresh_from_db()
    assert (over.state, over.done_at is not None, going.state) == ("done", True, "sending")


def test_the_job_wakes_the_worker_only_where_something_is_due():
    default_task_backend.clear()
    look_after_mailings()
    assert default_task_backend.results == []

    begin(readers=1)
    look_after_mailings()

    [task] = default_task_backend.results
    assert (task.args, task.kwargs) == ([], {})

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks import default_task_backend

from newsletter.limits import MOST_OF_A_SENDER, MOST_OF_UNKNOWN_SENDERS, TooManyError
from newsletter.models import Consent, Subscriber, Subscription
from newsletter.signing_up import ask, confirm
from newsletter.suppression import suppress, suppressed
from tests.factories import create_mailing_list, create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def sign_up(django_capture_on_commit_callbacks):
    """Return a function that asks for lists and returns the task that answers, or None."""

    def sign_up(email="reader@example.org", lists=(), *, at=NOON, sender="", language="en"):
        default_task_backend.clear()
        with django_capture_on_commit_callbacks(execute=True):
            ask(email, list(lists), wording="Yes.", page="/newsletter/", sender=sender, language=language, at=at)
        [task] = default_task_backend.results
        return task

    return sign_up


def rows_of(subscriber):
    return [(row.mailing_list.name, row.asked_at, row.confirmed_at) for row in subscriber.subscriptions.all()]


def test_a_new_address_is_kept_with_what_it_asked_for_and_nothing_is_confirmed(sign_up):
    health, events = create_mailing_list(name="Health", position=1), create_mailing_list(name="Events", position=2)

    sign_up("Reader@Example.org", [health, events], sender="abc", language="es")

    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.asked_at, subscriber.language) == ("Reader@example.org", NOON, "es")
    assert rows_of(subscriber) == [("Health", NOON, None), ("Events", NOON, None)]
    [consent] = subscriber.consents.all()
    assert (consent.lists, consent.asked_at, consent.confirmed_at, consent.sender) == (
        "Health\nEvents",
        NOON,
        None,
        "abc",
    )
    assert Subscriber.objects.confirmed().count() == 0


def test_the_task_holds_no_address(sign_up):
    task = sign_up(lists=[create_mailing_list()])

    assert (task.args, task.kwargs) == ([Subscriber.objects.get().pk], {})


@pytest.mark.parametrize("spelling", ["READER@example.org", "reader@EXAMPLE.ORG", " reader@example.org"])
def test_one_address_is_kept_once_however_it_is_spelt(sign_up, spelling):
    health = create_mailing_list()
    sign_up("reader@example.org", [health])

    sign_up(spelling, [health], at=NOON + HOUR)

    assert [subscriber.email for subscriber in Subscriber.objects.all()] == ["reader@example.org"]
    assert Subscription.objects.get().asked_at == NOON + HOUR


def test_two_spellings_of_one_domain_are_one_address(sign_up):
    sign_up("a@bücher.example", [create_mailing_list()])
    sign_up("a@xn--bcher-kva.example", [create_mailing_list()])

    assert [subscriber.email for subscriber in Subscriber.objects.all()] == ["a@xn--bcher-kva.example"]


def test_what_somebody_else_types_changes_nothing_of_what_one_has(sign_up):
    health, events = create_mailing_list(name="Health", position=1), create_mailing_list(name="Events", position=2)
    subscriber = create_subscriber(lists=[health], confirmed_at=NOON - HOUR, language="es")

    sign_up(subscriber.email, [health, events], language="en")

    assert [row[::2] for row in rows_of(subscriber)] == [("Health", NOON - HOUR), ("Events", None)]
    assert Subscriber.objects.get().language == "es"


def test_as_many_queries_are_asked_whatever_is_known(sign_up):
    """The time of the answer tells nothing either."""
    health = create_mailing_list()
    create_subscriber(email="asked@example.org", lists=[health])
    create_subscriber(email="confirmed@example.org", lists=[health], confirmed_at=NOON)
    suppress("gone@example.org", "complaint")
    counts = []

    for email in ("asked@example.org", "confirmed@example.org", "gone@example.org", "new@example.org"):
        with CaptureQueriesContext(connection) as counted:
            sign_up(email, [health])
        counts.append(len(counted))

    # A new address needs a row more, and so does one that was deleted when it was suppressed.
    assert (counts[0], counts[2]) == (counts[1], counts[3])
    assert counts[2] - counts[0] <= 3


def test_sign_ups_from_one_network_address_are_limited(sign_up):
    health = create_mailing_list()
    for number in range(MOST_OF_A_SENDER):
        sign_up(f"reader-{number}@example.org", [health], sender="abc")

    with pytest.raises(TooManyError):
        sign_up("one-more@example.org", [health], sender="abc")

    sign_up("neighbour@example.org", [health], sender="def")
    sign_up("later@example.org", [health], sender="abc", at=NOON + HOUR)
    assert not Subscriber.objects.filter(email="one-more@example.org").exists()


def test_sign_ups_from_unknown_networks_are_limited_together(sign_up):
    health, subscriber = create_mailing_list(), create_subscriber()
    rows = [Consent(subscriber=subscriber, wording="Yes.", asked_at=NOON) for _ in range(MOST_OF_UNKNOWN_SENDERS)]
    Consent.objects.bulk_create(rows)

    with pytest.raises(TooManyError):
        sign_up(lists=[health])

    sign_up(lists=[health], sender="abc")


def test_confirming_confirms_what_was_shown_and_nothing_else():
    shown, asked_since, not_asked = create_mailing_list(), create_mailing_list(), create_mailing_list()
    subscriber = create_subscriber(lists=[shown, asked_since])

    confirmed = confirm(subscriber, [shown.pk, not_asked.pk, 10**17], NOON)

    assert confirmed == 1
    assert [row.mailing_list for row in subscriber.subscriptions.confirmed()] == [shown]


def test_confirming_is_kept_with_what_was_agreed_to_and_frees_the_address(sign_up):
    health = create_mailing_list()
    suppress("reader@example.org", "complaint")
    sign_up(lists=[health])

    confirm(Subscriber.objects.get(), [health.pk], NOON + HOUR)

    assert Consent.objects.get().confirmed_at == NOON + HOUR
    assert suppressed(["reader@example.org"]) == set()


def test_confirming_one_list_does_not_confirm_what_was_agreed_to_of_another(sign_up):
    health, events = create_mailing_list(name="Health news"), create_mailing_list(name="Events")
    sign_up(lists=[health])
    sign_up(lists=[events])

    confirm(Subscriber.objects.get(), [health.pk], NOON + HOUR)

    confirmed = {consent.lists: consent.confirmed_at for consent in Consent.objects.all()}
    assert confirmed == {"Health news": NOON + HOUR, "Events": None}


def test_what_was_agreed_to_of_two_lists_is_confirmed_with_the_second(sign_up):
    health, events = create_mailing_list(name="Health news"), create_mailing_list(name="Events")
    sign_up(lists=[health])
    sign_up(lists=[health, events])
    subscriber = Subscriber.objects.get()

    confirm(subscriber, [health.pk], NOON + HOUR)
    first = {consent.lists: consent.confirmed_at for consent in Consent.objects.all()}
    confirm(subscriber, [events.pk], NOON + 2 * HOUR)
    second = {consent.lists: consent.confirmed_at for consent in Consent.objects.all()}

    assert first == {"Health news": NOON + HOUR, "Health news\nEvents": None}
    assert second == {"Health news": NOON + HOUR, "Health news\nEvents": NOON + 2 * HOUR}


def test_confirming_twice_keeps_the_first_time_and_one_who_left_stays_away():
    health = create_mailing_list()
    subscriber = create_subscriber(lists=[health])
    confirm(subscriber, [health.pk], NOON)

    assert confirm(subscriber, [health.pk], NOON + HOUR) == 0
    assert Subscription.objects.get().confirmed_at == NOON
    Subscriber.objects.all().delete()
    assert confirm(subscriber, [health.pk], NOON + HOUR) == 0
    assert Subscriber.objects.count() == 0

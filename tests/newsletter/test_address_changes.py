from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from newsletter.address_changes import OftenError, confirm_change, request_change, send_change
from newsletter.links import (
    confirm_link,
    leave_link,
    preferences_link,
    subscriber_to_confirm,
    subscriber_to_leave,
    subscriber_to_prefer,
)
from newsletter.models import AddressChange, Mailing, Subscriber
from newsletter.suppression import suppress, suppressed
from tests.factories import create_mailing_list, create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_the_new_address_is_asked_and_the_old_one_stays_until_then():
    subscriber = create_subscriber(email="old@example.org", confirmed_at=NOON)

    change = request_change(subscriber, "New@Bücher.example", NOON)
    send_change(change.pk, NOON)

    [message] = mail.outbox
    assert message.to == ["New@xn--bcher-kva.example"]
    assert "old@example.org" not in message.message().as_string()
    assert "/newsletter/new-address/" in message.body
    assert Subscriber.objects.get().email == "old@example.org"


def test_confirming_gives_the_new_address_and_frees_it():
    subscriber = create_subscriber(email="old@example.org", confirmed_at=NOON)
    change = request_change(subscriber, "new@example.org", NOON)
    request_change(subscriber, "another@example.org", NOON)
    suppress("new@example.org", "asked")

    changed = confirm_change(change)

    assert [(each, each.email) for each in Subscriber.objects.all()] == [(changed, "new@example.org")]
    assert changed.subscriptions.confirmed().count() == 1
    assert AddressChange.objects.count() == 0
    assert suppressed(["new@example.org"]) == set()


def test_where_the_new_address_was_known_the_two_become_one():
    health, events, community = (create_mailing_list(name=name) for name in ("Health", "Events", "Community"))
    subscriber = create_subscriber(email="old@example.org", lists=[health, events], confirmed_at=NOON)
    other = create_subscriber(email="New@example.org", lists=[events, community], confirmed_at=NOON)
    other.subscriptions.create(mailing_list=create_mailing_list(name="Never confirmed"))
    other.consents.create(wording="Yes.", lists="Community", confirmed_at=NOON)

    confirm_change(request_change(subscriber, "new@example.org", NOON))

    remaining = Subscriber.objects.get()
    assert remaining.email == "new@example.org"
    assert sorted(row.mailing_list.name for row in remaining.subscriptions.all()) == ["Community", "Events", "Health"]
    assert [consent.lists for consent in remaining.consents.all()] == ["Community"]


def test_the_same_address_in_other_letters_is_taken_at_once_confirmed():
    subscriber = create_subscriber(email="reader@example.org", confirmed_at=NOON)

    assert request_change(subscriber, "reader@EXAMPLE.org", NOON) is None

    confirm_change(request_change(subscriber, "Reader@example.org", NOON))
    assert Subscriber.objects.get().email == "Reader@example.org"


def test_strangers_cannot_be_mailed_again_and_again():
    subscriber, other = create_subscriber(confirmed_at=NOON), create_subscriber(confirmed_at=NOON)
    for number in range(3):
        request_change(subscriber, f"new-{number}@example.org", NOON)

    with pytest.raises(OftenError):
        request_change(subscriber, "new-3@example.org", NOON)
    with pytest.raises(OftenError):
        request_change(other, "NEW-1@example.org", NOON + HOUR / 2)

    assert request_change(subscriber, "new-1@example.org", NOON + HOUR) is not None


def test_an_address_to_which_nothing_may_be_sent_is_asked_seldom():
    subscriber = create_subscriber(confirmed_at=NOON)
    suppress("gone@example.org", "bounce").__class__.objects.update(made_at=NOON)
    suppress("annoyed@example.org", "complaint")

    gone = request_change(subscriber, "gone@example.org", NOON)
    assert [send_change(gone.pk, at) for at in (NOON, NOON + 6 * DAY)] == [False, False]
    annoyed = request_change(subscriber, "annoyed@example.org", NOON)
    assert send_change(annoyed.pk, NOON) is True
    again = request_change(subscriber, "annoyed@example.org", NOON + 2 * HOUR)
    assert send_change(again.pk, NOON + 2 * HOUR) is False


def test_who_left_since_changes_nothing():
    subscriber = create_subscriber(confirmed_at=NOON)
    change = request_change(subscriber, "new@example.org", NOON)

    subscriber.delete()

    assert send_change(change.pk, NOON) is False
    assert mail.outbox == []


@pytest.mark.parametrize("known", [False, True])
def test_no_link_to_the_old_address_leads_to_the_new_one(known):
    health, events = create_mailing_list(), create_mailing_list()
    subscriber = create_subscriber(email="old@example.org", lists=[health], confirmed_at=NOON, language="es")
    subscriber.subscriptions.create(mailing_list=events)
    subscriber.consents.create(wording="Yes.", lists="Health", confirmed_at=NOON)
    if known:
        create_subscriber(email="NEW@example.org", lists=[events], confirmed_at=NOON)
    links = {
        find: link.rstrip("/").rpartition("/")[2]
        for find, link in (
            (subscriber_to_confirm, confirm_link(subscriber)),
            (subscriber_to_prefer, preferences_link(subscriber)),
            (subscriber_to_leave, leave_link(subscriber)),
        )
    }

    changed = confirm_change(request_change(subscriber, "new@example.org", NOON))

    assert [find(token) for find, token in links.items()] == [None, None, None]
    assert (changed.language, changed.consents.count(), changed.subscriptions.count()) == ("es", 1, 2)
    assert changed.subscriptions.confirmed().count() == (2 if known else 1)


def test_a_change_is_made_once_and_not_for_one_who_left():
    change = request_change(create_subscriber(confirmed_at=NOON), "new@example.org", NOON)
    of_one_who_left = request_change(create_subscriber(email="left@example.org"), "other@example.org", NOON)
    Subscriber.objects.get(email="left@example.org").delete()

    assert confirm_change(change) is not None
    assert (confirm_change(change), confirm_change(of_one_who_left)) == (None, None)
    assert [each.email for each in Subscriber.objects.all()] == ["new@example.org"]


@pytest.mark.parametrize(
    ("old", "new", "become"),
    [
        pytest.param("waiting", "sent", {"skipped": True, "sent": False}, id="the-new-one-has-it"),
        pytest.param("sent", "waiting", {"sent": True, "waiting": False}, id="the-old-one-has-it"),
        pytest.param("refused", "waiting", {"refused": False, "waiting": True}, id="refused-by-the-old-one"),
        pytest.param(None, "waiting", {"waiting": True}, id="only-the-new-one-waits"),
        pytest.param("waiting", None, {"waiting": True}, id="only-the-old-one-waits"),
    ],
)
def test_what_is_being_mailed_to_both_addresses_comes_once(old, new, become):
    subscriber = create_subscriber(email="old@example.org", confirmed_at=NOON)
    other = create_subscriber(email="new@example.org", confirmed_at=NOON)
    mailing = Mailing.objects.create(subject="News", text="News")
    for each, state in ((subscriber, old), (other, new)):
        if state:
            mailing.deliveries.create(subscriber=each, state=state)

    changed = confirm_change(request_change(subscriber, "new@example.org", NOON))

    assert {row.state: row.subscriber == changed for row in mailing.deliveries.all()} == become

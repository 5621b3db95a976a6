from datetime import UTC, datetime, timedelta

import pytest

from newsletter.models import AddressChange, Consent, SoftBounce, Subscriber, Subscription
from newsletter.retention import forget
from publishing.jobs import registered_jobs
from tests.factories import create_mailing_list, create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
OLD, YOUNG = NOON - timedelta(days=30), NOON - timedelta(days=30) + timedelta(seconds=1)


def ask(*, asked_at, confirmed_at=None, email=None):
    subscriber = create_subscriber(email=email, asked_at=asked_at)
    subscriber.subscriptions.create(mailing_list=create_mailing_list(), asked_at=asked_at, confirmed_at=confirmed_at)
    subscriber.consents.create(wording="Yes.", asked_at=asked_at, confirmed_at=confirmed_at, sender="abc")
    return subscriber


def test_who_never_confirmed_is_deleted_after_30_days():
    ask(asked_at=OLD)
    young = ask(asked_at=YOUNG)
    confirmed = ask(asked_at=OLD, confirmed_at=OLD)

    forget(NOON)

    assert set(Subscriber.objects.all()) == {young, confirmed}


def test_which_network_asked_is_forgotten_after_30_days_and_what_was_agreed_to_is_kept():
    ask(asked_at=OLD, confirmed_at=OLD)
    ask(asked_at=YOUNG, confirmed_at=YOUNG)

    forget(NOON)

    found = Consent.objects.order_by("asked_at").values_list("sender", "wording")
    assert list(found) == [("", "Yes."), ("abc", "Yes.")]


def test_a_list_that_somebody_else_asked_for_goes_and_the_others_stay():
    subscriber = ask(asked_at=OLD, confirmed_at=OLD)
    subscriber.subscriptions.create(mailing_list=create_mailing_list(), asked_at=OLD)
    subscriber.consents.create(wording="Not confirmed.", asked_at=OLD)

    forget(NOON)

    assert [row.confirmed_at for row in Subscription.objects.all()] == [OLD]
    assert [row.wording for row in Consent.objects.all()] == ["Yes."]


def test_who_asked_again_lately_is_kept():
    subscriber = ask(asked_at=OLD)
    Subscriber.objects.update(asked_at=YOUNG)

    forget(NOON)

    assert list(Subscriber.objects.all()) == [subscriber]


def test_new_addresses_that_nobody_confirmed_go_with_their_links():
    subscriber = ask(asked_at=OLD, confirmed_at=OLD)
    for days in (3, 2):
        AddressChange.objects.create(
            subscriber=subscriber, email=f"day-{days}@example.org", asked_at=NOON - timedelta(days=days)
        )
    SoftBounce.objects.create(subscriber=subscriber, at=OLD)

    forget(NOON)

    assert [change.email for change in AddressChange.objects.all()] == ["day-2@example.org"]
    assert SoftBounce.objects.count() == 0


def test_it_is_done_every_day():
    assert "look after subscribers" in [job.name for job in registered_jobs()]

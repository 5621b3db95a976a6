from datetime import UTC, datetime, timedelta

import pytest

from newsletter.models import Consent, Subscriber
from newsletter.preferences import choose, lists_for
from newsletter.suppression import suppressed
from tests.factories import create_mailing_list, create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def names(subscriber):
    return [row.mailing_list.name for row in subscriber.subscriptions.confirmed()]


def test_what_is_ticked_comes_and_what_is_not_goes():
    health, events = create_mailing_list(name="Health"), create_mailing_list(name="Events")
    subscriber = create_subscriber(lists=[health], confirmed_at=NOON - timedelta(days=9))

    choose(subscriber, [events], language="es", wording="Yes.", page="/newsletter/preferences/", at=NOON)

    assert names(subscriber) == ["Events"]
    assert Subscriber.objects.get().language == "es"
    consent = Consent.objects.get()
    assert (consent.lists, consent.confirmed_at, consent.sender) == ("Events", NOON, "")


def test_what_stays_ticked_keeps_its_time_and_needs_no_new_consent():
    health = create_mailing_list()
    earlier = NOON - timedelta(days=9)
    subscriber = create_subscriber(lists=[health], confirmed_at=earlier)

    choose(subscriber, [health], language="en", wording="Yes.", page="/", at=NOON)

    assert subscriber.subscriptions.get().confirmed_at == earlier
    assert Consent.objects.count() == 0


def test_what_was_asked_for_and_not_confirmed_is_confirmed_by_a_tick_and_goes_without():
    waiting, also_waiting = create_mailing_list(name="Waiting"), create_mailing_list(name="Also waiting")
    subscriber = create_subscriber(lists=[waiting, also_waiting])

    choose(subscriber, [waiting], language="en", wording="Yes.", page="/", at=NOON)

    assert names(subscriber) == ["Waiting"]
    assert subscriber.subscriptions.count() == 1


def test_somebody_who_has_just_left_does_not_come_back():
    health = create_mailing_list()
    subscriber = create_subscriber(lists=[health], confirmed_at=NOON)
    Subscriber.objects.all().delete()

    choose(subscriber, [health], language="en", wording="Yes.", page="/", at=NOON)

    assert Subscriber.objects.count() == 0
    assert suppressed([subscriber.email]) == set()


def test_a_list_that_is_taken_off_offer_can_be_kept_by_who_has_it():
    offered, had, gone = (
        create_mailing_list(name="Offered"),
        create_mailing_list(name="Had", offered=False),
        create_mailing_list(name="Gone", offered=False),
    )
    subscriber = create_subscriber(lists=[had], confirmed_at=NOON)
    other = create_subscriber(lists=[gone], confirmed_at=NOON)

    assert sorted(each.name for each in lists_for(subscriber)) == ["Had", "Offered"]
    assert sorted(each.name for each in lists_for(other)) == ["Gone", "Offered"]
    assert offered in lists_for(create_subscriber())

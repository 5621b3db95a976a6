import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.models import Subscriber
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_once_whatever_its_letters():
    create_subscriber(email="reader@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        create_subscriber(email="Reader@Example.ORG")


def test_an_empty_address_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(email="", consent="Yes.")


def test_confirmed_are_those_who_confirmed():
    create_subscriber()
    confirmed = create_subscriber(confirmed_at=timezone.now())

    assert list(Subscriber.objects.confirmed()) == [confirmed]


def test_confirming_twice_keeps_the_first_time_and_one_who_left_stays_away():
    subscriber = create_subscriber()
    subscriber.confirm()
    first = Subscriber.objects.get().confirmed_at
    subscriber.confirm()
    assert Subscriber.objects.get().confirmed_at == first

    Subscriber.objects.all().delete()
    subscriber.confirm()

    assert Subscriber.objects.count() == 0

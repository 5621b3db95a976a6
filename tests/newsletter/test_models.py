import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.models import Subscriber
from newsletter.recipients import recipients_of
from tests.factories import create_mailing_list, create_subscriber

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_once_whatever_its_letters():
    create_subscriber(email="reader@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        create_subscriber(email="Reader@Example.ORG")


def test_an_empty_address_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(email="")


def test_confirmed_are_those_who_confirmed_any_list():
    create_subscriber(lists=[create_mailing_list()])
    confirmed = create_subscriber(confirmed_at=timezone.now())

    assert list(Subscriber.objects.confirmed()) == [confirmed]


def test_recipients_have_confirmed_one_of_the_lists_and_are_each_there_once():
    health, events, other = create_mailing_list(), create_mailing_list(), create_mailing_list()
    both = create_subscriber(lists=[health, events], confirmed_at=timezone.now())
    one = create_subscriber(lists=[events, other], confirmed_at=timezone.now())
    create_subscriber(lists=[other], confirmed_at=timezone.now())
    create_subscriber(lists=[health])

    assert set(recipients_of([health, events])) == {both, one}
    assert recipients_of([health, events]).count() == 2
    assert list(recipients_of([])) == []

import threading

import pytest
from django.db import IntegrityError, connection, connections
from django.utils import timezone

from newsletter.leaving import leave
from newsletter.models import Consent, Delivery, Mailing, Subscriber, Subscription
from tests.factories import create_mailing_list, create_subscriber

NOW = timezone.now()


@pytest.mark.django_db
def test_who_leaves_is_deleted_and_a_second_time_does_nothing():
    subscriber, other = create_subscriber(confirmed_at=NOW), create_subscriber(confirmed_at=NOW)
    subscriber.consents.create(wording="Yes.", confirmed_at=NOW)
    mailing = Mailing.objects.create(subject="News", text="News")
    mailing.deliveries.create(subscriber=subscriber)

    leave(subscriber)
    leave(subscriber)

    assert list(Subscriber.objects.all()) == [other]
    assert (Consent.objects.count(), Delivery.objects.get().subscriber) == (0, None)


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_what_is_added_at_the_same_moment_keeps_nobody_from_leaving():
    subscriber, mailing_list = create_subscriber(confirmed_at=NOW), create_mailing_list()
    refused = []

    def add():
        try:
            Subscription.objects.create(subscriber_id=subscriber.pk, mailing_list=mailing_list)
        except IntegrityError:
            refused.append(mailing_list)
        finally:
            connections.close_all()

    adding = threading.Thread(target=add)

    def just_before(execute, sql, params, many, context):
        if sql.startswith('DELETE FROM "newsletter_subscriber"'):
            adding.start()
            adding.join(0.5)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(just_before):
        leave(subscriber)
    adding.join()

    assert (Subscriber.objects.count(), Subscription.objects.count(), refused) == (0, 0, [mailing_list])

"""Finding who has an address: it is done at each sign-up and for each mail that comes back."""

import pytest
from django.db import connection

from newsletter.models import AddressChange, Subscriber
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["reader@example.org", "Reader@Example.org", "READER@EXAMPLE.ORG"])
def test_an_address_is_found_in_whatever_letters(typed):
    subscriber = create_subscriber(email="Reader@example.org")
    for email in ("reader@example.or", "areader@example.org", "reader%@example.org"):
        create_subscriber(email=email)

    assert list(Subscriber.objects.with_address(typed)) == [subscriber]


@pytest.mark.parametrize(
    ("model", "index"), [(Subscriber, "newsletter_subscriber_once"), (AddressChange, "newsletter_change_email")]
)
def test_it_is_looked_up_in_the_index(model, index):
    if connection.vendor == "postgresql":  # which reads a small table as a whole
        connection.cursor().execute("SET LOCAL enable_seqscan = off")

    assert index in model.objects.with_address("reader@example.org").order_by().explain()

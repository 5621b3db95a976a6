from datetime import UTC, datetime

import pytest
from anymail.signals import AnymailTrackingEvent, tracking

from newsletter.models import SoftBounce, Subscriber, Suppression
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("event", "suppressed_for"),
    [
        ({"event_type": "bounced", "reject_reason": "bounced"}, ["bounce"]),
        ({"event_type": "bounced", "reject_reason": "invalid"}, ["bounce"]),
        ({"event_type": "bounced", "reject_reason": "spam"}, []),
        ({"event_type": "rejected", "reject_reason": "invalid"}, ["bounce"]),
        ({"event_type": "rejected", "reject_reason": "unsubscribed"}, []),
        ({"event_type": "complained"}, ["complaint"]),
        ({"event_type": "unsubscribed"}, ["complaint"]),
        ({"event_type": "deferred"}, []),
        ({"event_type": "delivered"}, []),
        ({"event_type": "opened"}, []),
    ],
)
def test_what_a_mail_service_tells_is_acted_on(event, suppressed_for):
    create_subscriber(email="reader@example.org", confirmed_at=NOON)

    tracking.send(sender=None, event=AnymailTrackingEvent(recipient="Reader@EXAMPLE.org", **event), esp_name="Test")

    assert [row.reason for row in Suppression.objects.all()] == suppressed_for
    assert Subscriber.objects.count() == 1 - len(suppressed_for)


@pytest.mark.parametrize("recipient", [None, "", "nobody@example.org", "\u2028", "x" * 10_000])
def test_what_is_told_of_others_changes_nothing(recipient):
    create_subscriber(email="reader@example.org", confirmed_at=NOON)

    tracking.send(sender=None, event=AnymailTrackingEvent(event_type="bounced", recipient=recipient), esp_name="Test")

    assert (Subscriber.objects.count(), Suppression.objects.count()) == (1, 0)


def test_a_refusal_of_ours_is_noted_for_staff():
    create_subscriber(email="reader@example.org", confirmed_at=NOON)

    event = AnymailTrackingEvent(
        event_type="bounced", reject_reason="blocked", recipient="reader@example.org", mta_response="550 Blocked"
    )
    tracking.send(sender=None, event=event, esp_name="Test")

    assert [(row.ours, row.details) for row in SoftBounce.objects.all()] == [(True, "550 Blocked")]

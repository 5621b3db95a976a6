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


BOUNCED = {"event_type": "bounced", "reject_reason": "bounced"}
GONE, FOR_NOW, OURS = (["bounce"], []), ([], [False]), ([], [True])


@pytest.mark.parametrize(
    ("event", "told"),
    [
        pytest.param({"mta_response": "smtp; 550 5.1.1 No such user"}, GONE, id="no-such-mailbox"),
        pytest.param({"mta_response": "550 No such user at 192.5.7.1"}, GONE, id="no-status-but-an-address"),
        pytest.param({"description": "Permanent: General"}, GONE, id="permanent"),
        pytest.param({"mta_response": "smtp; 550 5.7.1 SPF check failed"}, OURS, id="policy"),
        pytest.param({"description": "The server said 5.7.26 unauthenticated"}, OURS, id="policy-in-the-description"),
        pytest.param({"mta_response": "452 4.2.2 Mailbox full"}, FOR_NOW, id="full"),
        pytest.param({"mta_response": "552 Mailbox full"}, FOR_NOW, id="full-without-a-status"),
        pytest.param({"description": "Transient: General"}, FOR_NOW, id="amazon"),
        pytest.param({"description": "Transient: General", "mta_response": "5.1.1"}, FOR_NOW, id="amazon-unsure"),
        pytest.param({"esp_event": {"Type": "SoftBounce"}, "description": "Undelivered"}, FOR_NOW, id="postmark"),
        pytest.param({"esp_event": {"event": "soft_bounce"}}, FOR_NOW, id="brevo"),
        pytest.param({"esp_event": {"event": "bounce", "hard_bounce": False}}, FOR_NOW, id="mailjet"),
        pytest.param({"esp_event": ["SoftBounce"], "mta_response": 550}, GONE, id="no-dictionary"),
    ],
)
def test_a_mail_that_came_back_counts_as_what_its_status_says(event, told):
    create_subscriber(email="reader@example.org", confirmed_at=NOON)

    event = AnymailTrackingEvent(recipient="reader@example.org", **BOUNCED, **event)
    tracking.send(sender=None, event=event, esp_name="Test")

    reasons = [row.reason for row in Suppression.objects.all()]
    assert (reasons, [row.ours for row in SoftBounce.objects.all()]) == told


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

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from newsletter.models import MailingList, Subscriber, Suppression
from newsletter.suppression import suppress, suppressed
from publishing.models import AuditEntry
from tests.factories import create_editor, create_mailing_list, create_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(create_editor(is_superuser=True))
    return client


def test_lists_tell_how_many_get_them(staff):
    health = create_mailing_list(name="Health")
    create_subscriber(lists=[health], confirmed_at=timezone.now())
    create_subscriber(lists=[health])

    response = staff.get(reverse("admin:newsletter_mailinglist_changelist"))

    assert [row.subscribers for row in response.context["cl"].result_list] == [1]


def test_a_list_that_somebody_has_is_not_deleted(staff):
    health = create_mailing_list()
    create_subscriber(lists=[health], confirmed_at=timezone.now())

    response = staff.post(reverse("admin:newsletter_mailinglist_delete", args=[health.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert MailingList.objects.count() == 1


def test_who_is_deleted_on_request_stands_in_no_log(staff):
    subscriber = create_subscriber(email="reader@example.org")

    staff.post(reverse("admin:newsletter_subscriber_delete", args=[subscriber.pk]), {"post": "yes"})

    assert Subscriber.objects.count() == 0
    logs = [*AuditEntry.objects.values_list("thing_title", "details"), *LogEntry.objects.values_list("object_repr")]
    assert "reader" not in str(logs)
    assert "A subscriber, on request" in str(logs)


def test_all_that_is_kept_of_somebody_can_be_handed_out(staff):
    subscriber = create_subscriber(email="a@xn--bcher-kva.example", confirmed_at=timezone.now())
    subscriber.consents.create(wording="Yes.", lists="Health\nEvents", page="/newsletter/")

    response = staff.get(reverse("admin:newsletter_subscriber_kept", args=[subscriber.pk]))

    kept = json.loads(response.content)
    assert (kept["email"], kept["consents"][0]["lists"]) == ("a@bücher.example", ["Health", "Events"])
    assert "no-store" in response["Cache-Control"]
    assert staff.get(reverse("admin:newsletter_subscriber_kept", args=[10**17])).status_code == 404


def test_nobody_adds_a_subscriber(staff):
    assert staff.get(reverse("admin:newsletter_subscriber_add")).status_code == 403


def test_a_blocked_address_is_found_by_typing_it(staff):
    suppress("reader@example.org", "bounce")
    address = reverse("admin:newsletter_suppression_changelist")

    found = {
        typed: staff.get(address, {"q": typed}).context["cl"].result_count
        for typed in ("READER@example.org", "other@example.org", "x" * 5000 + "@example.org")
    }

    assert list(found.values()) == [1, 0, 0]


def test_staff_block_an_address_for_somebody_who_asks(staff):
    create_subscriber(email="reader@example.org")

    response = staff.post(
        reverse("admin:newsletter_suppression_add"), {"email": "Reader@example.org", "details": "By phone"}
    )

    assert response.status_code == 302
    assert suppressed(["reader@example.org"]) == {"reader@example.org"}
    assert (Suppression.objects.get().reason, Subscriber.objects.count()) == ("asked", 0)
    assert "reader" not in str(LogEntry.objects.values_list("object_repr", "change_message"))


def test_a_blocked_address_is_not_freed_by_staff(staff):
    row = suppress("reader@example.org", "asked")

    assert staff.post(reverse("admin:newsletter_suppression_delete", args=[row.pk]), {"post": "yes"}).status_code == 403

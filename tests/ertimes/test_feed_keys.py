from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from ertimes.feed_keys import demonstration_key, issue_key, live_keys, note_use, revoke, secret_of, secrets_of
from ertimes.models import FeedKey
from publishing.models import AuditEntry
from tests.factories import create_department, create_editor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def test_a_key_belongs_to_one_department_and_its_secret_is_nowhere_in_the_database():
    department, clerk = create_department(), create_editor()

    key, secret = issue_key(department, "Epic interface", clerk)

    stored = FeedKey.objects.values().get()
    assert (stored["department_id"], stored["label"], stored["created_by_id"]) == (
        department.pk,
        "Epic interface",
        clerk.pk,
    )
    assert len(secret) == 64
    assert not any(secret in str(value) for value in stored.values())
    assert not any(secret in str(value) for entry in AuditEntry.objects.values() for value in entry.values())
    assert key == FeedKey.objects.get()


def test_every_key_has_a_secret_of_its_own():
    department = create_department()

    secrets = {issue_key(department, "System", None)[1] for _ in range(2)}

    assert len(secrets) == 2


def test_two_keys_are_live_at_most_so_that_one_can_be_changed_for_the_other():
    department = create_department(name="Backus")
    old, _ = issue_key(department, "Old", None)
    issue_key(department, "New", None)

    with pytest.raises(ValidationError) as refused:
        issue_key(department, "Third", None)
    assert refused.value.messages == [
        "Backus has 2 live keys, which is enough to change one for the other. Revoke the one that is not used any "
        "more, then make a new one."
    ]

    revoke(old, None)
    issue_key(department, "Third", None)
    issue_key(create_department(), "Another department's", None)
    assert sorted(live_keys(department).values_list("label", flat=True)) == ["New", "Third"]


def test_the_demonstration_has_one_key_that_counts_for_nothing():
    department = create_department()

    first, second = demonstration_key(department), demonstration_key(department)

    assert first == second
    assert (first.demonstration, live_keys(department).count(), AuditEntry.objects.count()) == (True, 0, 0)


def test_making_and_revoking_stand_in_the_log_with_who_did_it():
    clerk = create_editor()
    department = create_department(name="Backus")

    key, _ = issue_key(department, "Epic interface", clerk)
    revoke(key, clerk)
    revoke(key, clerk)

    entries = AuditEntry.objects.filter(thing_model="ertimes.feedkey").order_by("pk")
    assert [(entry.user_pk, entry.thing_title, entry.details) for entry in entries] == [
        (clerk.pk, f"Epic interface ({key.key_id})", "Key made: may send the waits of Backus"),
        (clerk.pk, f"Epic interface ({key.key_id})", "Key revoked: may no longer send the waits of Backus"),
    ]


def test_a_key_that_is_revoked_again_keeps_its_first_date():
    key, _ = issue_key(create_department(), "System", None)
    with time_machine.travel(NOON, tick=False):
        revoke(key, None)

    revoke(key, None)

    assert FeedKey.objects.get().revoked_at == NOON


def test_a_secret_outlives_a_change_of_the_sites_own_secret(settings):
    key, old = issue_key(create_department(), "System", None)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of the site"

    assert secret_of(key.key_id) != old
    assert secrets_of(key.key_id) == [secret_of(key.key_id), old]


def test_the_last_use_is_written_once_a_minute():
    key, _ = issue_key(create_department(), "System", None)
    used = []
    for seconds in (0, 59, 60, 61):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            key.refresh_from_db()
            note_use(key)
        used.append(FeedKey.objects.get().last_used_at - NOON)

    assert used == [timedelta(0), timedelta(0), timedelta(seconds=60), timedelta(seconds=60)]

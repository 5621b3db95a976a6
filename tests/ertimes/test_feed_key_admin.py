"""A key is made on a screen that shows its secret once, and revoked on another."""

import re

import pytest

from ertimes.feed_keys import issue_key, secret_of
from ertimes.models import FeedKey
from publishing.models import AuditEntry
from tests.factories import create_department, create_editor

pytestmark = pytest.mark.django_db

LIST = "/admin/ertimes/feedkey/"
ADD = f"{LIST}add/"


@pytest.fixture
def administrator(client):
    user = create_editor(permissions=["view_feedkey", "add_feedkey", "change_feedkey"])
    client.force_login(user)
    return user


def form(client, department, **fields):
    """Open the form as a person does and return what is sent with it."""
    offered = re.search(r'name="offered" value="([^"]+)"', client.get(ADD).content.decode())[1]
    return {"department": department.pk, "label": "Epic interface", "offered": offered, **fields}


def test_the_secret_is_shown_once_with_a_command_to_try_it(client, administrator, settings):
    settings.SITE_URL = "https://www.example.org"
    department = create_department(slug="backus")

    response = client.post(ADD, form(client, department))

    key = FeedKey.objects.get()
    secret = secret_of(key.key_id)
    content = response.content.decode()
    assert (response.status_code, key.department, key.created_by) == (200, department, administrator)
    assert content.count(secret) == 2
    assert "send_reading.py https://www.example.org/api/er/backus/readings/ 25" in content
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    for address in (LIST, f"{LIST}{key.pk}/change/", f"{LIST}{key.pk}/history/", f"{LIST}{key.pk}/revoke/"):
        assert secret not in client.get(address, follow=True).content.decode()


def test_a_form_that_is_sent_twice_makes_one_key(client, administrator):
    sent = form(client, create_department())
    client.post(ADD, sent)

    again = client.post(ADD, sent)

    assert FeedKey.objects.count() == 1
    assert "its key is made" in again.content.decode()
    assert secret_of(FeedKey.objects.get().key_id) not in again.content.decode()


def test_a_key_of_ones_own_choice_is_refused(client, administrator):
    response = client.post(ADD, form(client, create_department(), offered="er_chosen"))

    assert "This form is not ours" in response.content.decode()
    assert FeedKey.objects.count() == 0


def test_a_third_key_is_refused_in_words(client, administrator):
    department = create_department(name="Backus")
    for label in ("Old", "New"):
        issue_key(department, label, None)

    response = client.post(ADD, form(client, department))

    assert "Backus has 2 live keys" in response.content.decode()
    assert FeedKey.objects.count() == 2


def test_a_key_is_revoked_after_a_question(client, administrator):
    key, _ = issue_key(create_department(), "Old", None)
    address = f"{LIST}{key.pk}/revoke/"
    assert client.get(address).status_code == 200
    assert FeedKey.objects.get().revoked_at is None

    response = client.post(address, follow=True)

    assert FeedKey.objects.get().revoked_at is not None
    assert "nothing is taken from it any more" in response.content.decode()
    assert AuditEntry.objects.filter(details__startswith="Key revoked", user_pk=administrator.pk).count() == 1


def test_a_key_is_neither_changed_nor_deleted(client, administrator):
    key, _ = issue_key(create_department(), "Old", None)

    answers = [
        client.post(f"{LIST}{key.pk}/change/", {"label": "Other"}).status_code,
        client.post(f"{LIST}{key.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert answers == [403, 403]
    assert FeedKey.objects.get().label == "Old"


def test_who_may_only_look_revokes_nothing(client):
    key, _ = issue_key(create_department(), "Old", None)
    client.force_login(create_editor(permissions=["view_feedkey"]))

    assert "Revoke" not in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{key.pk}/revoke/").status_code == 403
    assert client.get(ADD).status_code == 403


def test_a_key_that_is_not_there_is_not_found(client, administrator):
    assert client.get(f"{LIST}4711/revoke/").status_code == 404

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import signing

from newsletter.links import CONFIRM_MAX_AGE, confirm_link, leave_link, subscriber_to_confirm, subscriber_to_leave
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
READERS = {confirm_link: subscriber_to_confirm, leave_link: subscriber_to_leave}


def token_of(link):
    return urlsplit(link).path.rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize("make_link", READERS)
def test_a_link_leads_to_its_subscriber(settings, make_link):
    settings.SITE_URL = "https://www.example.org"
    subscriber = create_subscriber()

    link = make_link(subscriber)

    assert link.startswith("https://www.example.org/newsletter/")
    assert subscriber.email not in link
    assert READERS[make_link](token_of(link)) == subscriber


@pytest.mark.parametrize(
    ("age", "is_good"),
    [(CONFIRM_MAX_AGE - timedelta(seconds=1), True), (CONFIRM_MAX_AGE + timedelta(seconds=1), False)],
)
def test_a_link_to_confirm_is_good_for_three_days(age, is_good):
    subscriber = create_subscriber()
    with time_machine.travel(NOON, tick=False):
        token = token_of(confirm_link(subscriber))

    with time_machine.travel(NOON + age, tick=False):
        assert subscriber_to_confirm(token) == (subscriber if is_good else None)


def test_a_link_to_leave_is_good_for_ever():
    subscriber = create_subscriber()
    with time_machine.travel(NOON, tick=False):
        token = token_of(leave_link(subscriber))

    with time_machine.travel(NOON + timedelta(days=4000), tick=False):
        assert subscriber_to_leave(token) == subscriber


def test_one_link_does_not_do_what_the_other_does():
    subscriber = create_subscriber()

    assert subscriber_to_leave(token_of(confirm_link(subscriber))) is None
    assert subscriber_to_confirm(token_of(leave_link(subscriber))) is None


@pytest.mark.parametrize("token", ["", "x", "MQ:1abc:xyz", "a:b:c:d", "\x00", "é", "a" * 5000, "MQ"])
def test_a_forged_link_leads_nowhere(token):
    create_subscriber()

    assert subscriber_to_confirm(token) is None
    assert subscriber_to_leave(token) is None


def test_a_link_signed_with_another_key_leads_nowhere(settings):
    subscriber = create_subscriber()
    token = signing.dumps(subscriber.pk, key="another key", salt="newsletter.confirm")

    assert subscriber_to_confirm(token) is None


def test_a_link_of_somebody_who_left_leads_nowhere():
    subscriber = create_subscriber()
    confirm, leave = token_of(confirm_link(subscriber)), token_of(leave_link(subscriber))

    subscriber.delete()

    assert (subscriber_to_confirm(confirm), subscriber_to_leave(leave)) == (None, None)

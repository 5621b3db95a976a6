from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import signing

from newsletter.links import (
    CONFIRM_MAX_AGE,
    ForgedLinkError,
    OldLinkError,
    confirm_link,
    leave_link,
    one_click_link,
    preferences_link,
    subscriber_to_confirm,
    subscriber_to_leave,
    subscriber_to_prefer,
)
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
READERS = {
    confirm_link: subscriber_to_confirm,
    leave_link: subscriber_to_leave,
    one_click_link: subscriber_to_leave,
    preferences_link: subscriber_to_prefer,
}


def token_of(link):
    return urlsplit(link).path.split("/")[3]


@pytest.mark.parametrize("make_link", READERS)
def test_a_link_leads_to_its_subscriber(settings, make_link):
    settings.SITE_URL = "https://www.example.org"
    subscriber = create_subscriber()

    link = make_link(subscriber)

    assert link.startswith("https://www.example.org/newsletter/")
    assert subscriber.email not in link
    assert READERS[make_link](token_of(link)) == subscriber


def test_a_link_to_confirm_is_good_for_three_days():
    subscriber = create_subscriber()
    with time_machine.travel(NOON, tick=False):
        token = token_of(confirm_link(subscriber))

    with time_machine.travel(NOON + CONFIRM_MAX_AGE - timedelta(seconds=1), tick=False):
        assert subscriber_to_confirm(token) == subscriber
    with time_machine.travel(NOON + CONFIRM_MAX_AGE + timedelta(seconds=1), tick=False), pytest.raises(OldLinkError):
        subscriber_to_confirm(token)


@pytest.mark.parametrize("make_link", [leave_link, one_click_link, preferences_link])
def test_the_links_of_a_newsletter_are_good_for_ever(make_link):
    subscriber = create_subscriber()
    with time_machine.travel(NOON, tick=False):
        token = token_of(make_link(subscriber))

    with time_machine.travel(NOON + timedelta(days=4000), tick=False):
        assert READERS[make_link](token) == subscriber


@pytest.mark.parametrize(
    ("make_link", "read"),
    [
        (confirm_link, subscriber_to_leave),
        (confirm_link, subscriber_to_prefer),
        (leave_link, subscriber_to_confirm),
        (leave_link, subscriber_to_prefer),
        (preferences_link, subscriber_to_confirm),
        (preferences_link, subscriber_to_leave),
    ],
)
def test_one_link_does_not_do_what_the_other_does(make_link, read):
    token = token_of(make_link(create_subscriber()))

    with pytest.raises(ForgedLinkError):
        read(token)


@pytest.mark.parametrize("read", [subscriber_to_confirm, subscriber_to_leave, subscriber_to_prefer])
@pytest.mark.parametrize("token", ["", "x", "MQ:1abc:xyz", "a:b:c:d", "\x00", "é", "a" * 5000, "MQ"])
def test_a_forged_link_leads_nowhere(read, token):
    create_subscriber()

    with pytest.raises(ForgedLinkError):
        read(token)


def test_a_link_signed_with_another_key_leads_nowhere():
    token = signing.dumps(create_subscriber().pk, key="another key", salt="newsletter.confirm")

    with pytest.raises(ForgedLinkError):
        subscriber_to_confirm(token)


def test_a_link_signed_with_the_key_before_this_one_is_good(settings):
    subscriber = create_subscriber()
    token = token_of(leave_link(subscriber))

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", [settings.SECRET_KEY]

    assert subscriber_to_leave(token) == subscriber


@pytest.mark.parametrize("make_link", READERS)
def test_a_link_of_somebody_who_left_finds_nobody(make_link):
    subscriber = create_subscriber()
    token = token_of(make_link(subscriber))

    subscriber.delete()

    assert READERS[make_link](token) is None

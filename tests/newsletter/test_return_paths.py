import pytest

from newsletter.return_paths import return_path_of, subscriber_of, token_of
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db


def test_a_token_is_found_in_a_header_or_an_address_whatever_the_size_of_its_letters():
    subscriber = create_subscriber()
    token = token_of(subscriber)

    for text in (token, token.upper(), f" <bounces+{token}@example.org> ", f"bounces+{token}@example.org (ours)"):
        assert subscriber_of(text) == subscriber


def test_the_sender_of_the_envelope_fits_into_an_address(settings):
    settings.NEWSLETTER_RETURN_PATH = "bounces@example.org"
    subscriber = create_subscriber(pk=10**17)

    path = return_path_of(subscriber)

    assert path == f"bounces+{token_of(subscriber)}@example.org"
    assert len(path.partition("@")[0]) <= 64  # RFC 5321, 4.5.3.1.1


def test_without_a_mailbox_for_it_the_envelope_is_left_alone(settings):
    settings.NEWSLETTER_RETURN_PATH = ""

    assert return_path_of(create_subscriber()) is None


@pytest.mark.parametrize(
    "text", ["", "1-00000000000000000000", "x" * 10_000, "\x00", "٣-5f0c5f0c5f0c5f0c5f0c", "1-" + "a" * 500]
)
def test_a_forged_token_finds_nobody(text):
    create_subscriber()

    assert subscriber_of(text) is None


def test_a_token_of_another_subscriber_number_is_forged():
    first, second = create_subscriber(), create_subscriber()
    _pk, mac = token_of(first).split("-")

    assert subscriber_of(f"{second.pk}-{mac}") is None


def test_the_key_before_this_one_is_good_and_who_left_is_nobody(settings):
    subscriber = create_subscriber()
    token = token_of(subscriber)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", [settings.SECRET_KEY]

    assert subscriber_of(token) == subscriber
    subscriber.delete()
    assert subscriber_of(token) is None

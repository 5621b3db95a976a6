"""Whose message is taken. Each refusal says what to do, and gives nothing away."""

import hashlib
import hmac
from datetime import timedelta

import pytest
import time_machine

from ertimes.feed_keys import demonstration_key, issue_key, revoke, secret_of
from ertimes.models import TakenEvent, WaitTimeReading
from ertimes.signatures import sign
from tests.ertimes.sender import NOON, Sender, reading, readings
from tests.factories import create_department

pytestmark = pytest.mark.django_db

NOT_THIS_KEY = (
    "The key is not known, or the signature is not that of this key, timestamp and body. Sign the very bytes that are "
    "sent, with the secret as the text that was shown."
)
OFF = (
    "ER-Timestamp is more than 300 seconds off the time of this site, which is “time” here. Set the sender's clock, "
    "and sign each message when it is sent."
)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def sender(client):
    return Sender(client, create_department(slug="backus"))


def refusal(response):
    """Return what a refused message is told; nothing of it may have been stored."""
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert (response["Cache-Control"], response["WWW-Authenticate"]) == ("no-store", "ER-Signature")
    assert (WaitTimeReading.objects.count(), TakenEvent.objects.count()) == (0, 0)
    body = response.json()
    assert (body["title"], body["status"], body["time"]) == ("Unauthorized", 401, "2026-03-02T17:00:00Z")
    return body["detail"]


def test_a_signature_is_an_hmac_over_timestamp_full_stop_and_body():
    expected = hmac.new(b"secret", b'1772470800.{"a": 1}', hashlib.sha256).hexdigest()

    assert sign("secret", "1772470800", b'{"a": 1}') == f"sha256={expected}"


def test_a_signed_message_is_taken(sender):
    assert sender.send(readings(reading())).status_code == 200


def test_hexadecimal_digits_may_be_capitals(sender):
    content = b'{"event_id": "1", "readings": [{"observed_at": "2026-03-02T17:00:00Z", "wait_minutes": 25}]}'
    signature = sender.headers(content)["ER-Signature"].removeprefix("sha256=").upper()

    response = sender.send(content, headers={"ER-Signature": f"sha256={signature}"})

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["ER-Key", "ER-Timestamp", "ER-Signature"])
def test_what_is_not_signed_is_refused(sender, name):
    response = sender.send(readings(reading()), headers={name: None})

    assert refusal(response) == ("Sign the message: the headers ER-Key, ER-Timestamp and ER-Signature are all needed.")


@pytest.mark.parametrize("off", [timedelta(seconds=-300), timedelta(seconds=300)])
def test_a_clock_may_be_five_minutes_off(client, off):
    sender = Sender(client, create_department(), clock_off=off)

    assert sender.send(readings(reading())).status_code == 200


@pytest.mark.parametrize("off", [timedelta(seconds=-301), timedelta(seconds=301), timedelta(minutes=10)])
def test_a_clock_that_is_wrong_is_told_the_time(client, off):
    sender = Sender(client, create_department(), clock_off=off)

    assert refusal(sender.send(readings(reading()))) == OFF


@pytest.mark.parametrize(
    "timestamp",
    ["1" * 1_000_000, "١٧٧٢٤٧٠٨٠٠".encode().decode("latin-1"), "²", "1772470800.0", "-1772470800", "+1772470800",
     "1_772_470_800", "NaN", "2026-03-02T17:00:00Z", " "],
)  # fmt: skip
def test_a_timestamp_that_is_none_is_told_so(sender, timestamp):
    response = sender.send(readings(reading()), headers={"ER-Timestamp": timestamp})

    assert refusal(response) == "ER-Timestamp is the time in Unix seconds, digits only, such as 1772470800."


@pytest.mark.parametrize("signature", ["x", "sha256=", f"sha1={'0' * 40}", f"sha256={'g' * 64}", f"sha256={'é' * 64}"])
def test_a_signature_that_is_none_is_told_so(sender, signature):
    response = sender.send(readings(reading()), headers={"ER-Signature": signature})

    assert refusal(response) == "ER-Signature is “sha256=” and 64 hexadecimal digits."


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"ER-Signature": f"sha256={'0' * 64}"}, id="wrong-signature"),
        pytest.param({"ER-Timestamp": str(int(NOON.timestamp()) + 1)}, id="another-timestamp"),
        pytest.param({"ER-Key": f"er_{'0' * 20}"}, id="unknown-key"),
        pytest.param({"ER-Key": "'; DROP TABLE"}, id="no-key"),
        pytest.param({"ER-Key": "\x00" * 3}, id="NUL"),
        pytest.param({"ER-Key": "é" * 100_000}, id="long"),
    ],
)
def test_an_unknown_key_and_a_wrong_signature_are_answered_alike(sender, headers):
    response = sender.send(readings(reading()), headers=headers)

    assert refusal(response) == NOT_THIS_KEY


def test_a_body_that_was_changed_on_its_way_is_refused(sender):
    content = b'{"event_id": "1", "readings": [{"observed_at": "2026-03-02T17:00:00Z", "wait_minutes": 25}]}'

    response = sender.send(content.replace(b"25", b"95"), headers=sender.headers(content))

    assert refusal(response) == NOT_THIS_KEY


def test_the_secret_of_another_key_is_no_help(client, sender):
    other = Sender(client, create_department())
    sender.secret = other.secret

    assert refusal(sender.send(readings(reading()))) == NOT_THIS_KEY


def test_a_revoked_key_is_refused_and_only_who_has_its_secret_is_told(sender):
    revoke(sender.key, None)

    told = refusal(sender.send(readings(reading())))
    guessed = refusal(sender.send(readings(reading()), headers={"ER-Signature": f"sha256={'0' * 64}"}))

    assert told == "This key was revoked. Ask the hospital's web team for a new one."
    assert guessed == NOT_THIS_KEY


def test_both_keys_are_good_while_one_is_changed_for_the_other(sender):
    new, secret = issue_key(sender.department, "New", None)
    assert sender.send(readings(reading())).status_code == 200

    sender.key, sender.secret = new, secret

    assert sender.send(readings(reading(observed_at=NOON - timedelta(minutes=5)))).status_code == 200


def test_a_key_is_good_for_its_own_department_only(sender):
    create_department(slug="plainfield")

    response = sender.send(readings(reading()), slug="plainfield")

    assert refusal(response) == "This key is another department's. Each department has keys of its own."


def test_a_key_outlives_a_change_of_the_sites_own_secret_while_it_is_a_fallback(sender, settings):
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret of the site", [former]
    assert sender.send(readings(reading())).status_code == 200

    settings.SECRET_KEY_FALLBACKS = []

    response = sender.send(readings(reading(observed_at=NOON - timedelta(minutes=5))))
    assert response.status_code == 401


def test_the_key_of_the_demonstration_is_good_only_while_it_is_on(sender, settings):
    sender.key = demonstration_key(sender.department)
    sender.secret = secret_of(sender.key.key_id)
    settings.DEMONSTRATION = False

    assert refusal(sender.send(readings(reading()))) == (
        "This key was revoked. Ask the hospital's web team for a new one."
    )

    settings.DEMONSTRATION = True
    assert sender.send(readings(reading())).status_code == 200
    assert WaitTimeReading.objects.get().demonstration is True


def test_what_is_sent_with_a_hospitals_key_is_not_made_up(sender):
    sender.send(readings(reading()))

    assert WaitTimeReading.objects.get().demonstration is False

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from newsletter.models import Subscriber, Suppression
from newsletter.suppression import digest_of, lift, pause_before_asking, suppress, suppressed, without_address
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
DAY = timedelta(days=1)
Reason = Suppression.Reason


def test_who_is_suppressed_is_deleted_and_known_by_a_hash_alone():
    subscriber = create_subscriber(email="Reader@example.org")
    other = create_subscriber(email="other@example.org")

    suppress("reader@EXAMPLE.org", Reason.BOUNCE, "550 5.1.1 <reader@example.org> User reader unknown")

    assert list(Subscriber.objects.all()) == [other]
    [row] = Suppression.objects.all()
    assert (row.reason, row.details) == ("bounce", "550 5.1.1 … User … unknown")
    assert subscriber.email not in str(row.__dict__)


@pytest.mark.parametrize(
    ("email", "answer", "told"),
    [
        ("jane.doe@example.org", "550 No such user Jane.Doe here", "550 No such user … here"),
        ("550@example.org", "550 5.1.1 550 is not there", "550 5.1.1 … is not there"),
        ("5@example.org", "550-5.1.1 no 5 here", "550-5.1.1 no … here"),
        ("no@example.org", "5.2.2 <NO@EXAMPLE.ORG>\r\nnobody", "5.2.2 … nobody"),
        ("reader@example.org", "", ""),
    ],
)
def test_what_a_server_says_is_kept_without_the_address_and_with_its_codes(email, answer, told):
    assert without_address(answer, email) == told


@pytest.mark.parametrize(
    "spelling",
    ["reader@example.org", "READER@Example.ORG", " reader@example.org ", "Reader@example.org"],
)
def test_an_address_is_one_however_it_is_spelt(spelling):
    suppress("reader@example.org", Reason.ASKED)

    assert suppressed([spelling, "other@example.org"]) == {spelling}


def test_a_domain_in_letters_of_its_own_is_the_one_in_ascii():
    assert digest_of("a@bücher.example") == digest_of("A@xn--bcher-kva.example")


@pytest.mark.parametrize("email", ["", "@", "no address", "a@b@c", "\x00", "x" * 10_000, "a@" + "é" * 400 + ".org"])
def test_what_is_no_address_is_not_suppressed(email):
    suppress("reader@example.org", Reason.ASKED)

    assert suppressed([email]) == set()


def test_nobody_is_suppressed_where_nothing_is_asked_for():
    assert suppressed([]) == set()


def test_many_are_asked_about_in_few_queries(django_assert_num_queries):
    suppress("reader-4999@example.org", Reason.BOUNCE)
    emails = [f"reader-{number}@example.org" for number in range(5000)]

    with django_assert_num_queries(3):
        found = suppressed(emails)

    assert found == {"reader-4999@example.org"}


def test_a_change_of_the_key_frees_nobody(settings):
    suppress("reader@example.org", Reason.COMPLAINT)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", [settings.SECRET_KEY]

    assert suppressed(["reader@example.org"]) == {"reader@example.org"}
    suppress("reader@example.org", Reason.BOUNCE)
    settings.SECRET_KEY_FALLBACKS = []
    assert suppressed(["reader@example.org"]) == {"reader@example.org"}
    assert [row.reason for row in Suppression.objects.all()] == ["complaint"]


def test_another_key_knows_nobody(settings):
    suppress("reader@example.org", Reason.ASKED)

    settings.SECRET_KEY = "another key"

    assert suppressed(["reader@example.org"]) == set()


def test_a_second_time_renews_it_and_a_complaint_stays_one():
    with time_machine.travel(NOON, tick=False):
        suppress("reader@example.org", Reason.COMPLAINT, "first")
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        suppress("reader@example.org", Reason.BOUNCE, "second")

    [row] = Suppression.objects.all()
    assert (row.reason, row.details, row.made_at) == ("complaint", "second", NOON + timedelta(days=3))


@pytest.mark.parametrize(
    ("reason", "pause", "counts_from_now"),
    [(Reason.BOUNCE, timedelta(days=7), True), (Reason.COMPLAINT, DAY, False), (Reason.ASKED, DAY, False)],
)
def test_how_long_after_a_mail_one_may_be_asked_again(reason, pause, counts_from_now):
    with time_machine.travel(NOON, tick=False):
        suppress("reader@example.org", reason)

    assert pause_before_asking("Reader@example.org") == (pause, NOON if counts_from_now else None)


def test_an_address_that_nothing_is_known_of_is_asked_once_an_hour():
    assert pause_before_asking("reader@example.org") == (timedelta(hours=1), None)


def test_who_confirmed_anew_gets_mail_again():
    suppress("reader@example.org", Reason.COMPLAINT)

    lift("READER@example.org")

    assert suppressed(["reader@example.org"]) == set()

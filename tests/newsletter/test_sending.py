"""Mailings and the mail server: one that takes, one that refuses, one that hangs and one that is not there."""

import socket
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import connections
from django.db.models.signals import post_save
from django.utils import timezone

from newsletter import claims, pace, sending
from newsletter.claims import LEASE, claim, free_claims_of_the_dead, worker_name
from newsletter.mailings import mailing_counts
from newsletter.models import Delivery, Mailing, MailServer, SoftBounce, Subscriber, Subscription, Suppression
from newsletter.refusals import MOST_UNPROVEN, prove
from newsletter.sending import MOST_TRIES, PAUSES, is_due, send_round
from newsletter.suppression import suppress
from tests.factories import create_mailing_list
from tests.live_site import free_port
from tests.newsletter.mailings import begin, server_at, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.NEWSLETTER_MAILS_PER_MINUTE = 0


@pytest.fixture
def smtp(settings):
    """The port at which the site looks for its mail server; nobody listens there yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    return settings.EMAIL_PORT


def counts(mailing):
    """Return (sent, waiting, refused, left out, had left)."""
    found = mailing_counts(mailing)
    return tuple(found[Delivery.State(name)] for name in ("sent", "waiting", "refused", "skipped", "left"))


def test_everybody_gets_it_once_over_one_connection_and_then_it_is_done(smtp):
    mailing = begin("ana@example.org", readers=4)

    with server_at(smtp) as server:
        assert send_round() is None
        assert send_round() is None

    assert (len(server.recipients), len(set(server.recipients)), server.connections) == (5, 5, 1)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.done_at is not None, counts(mailing)) == ("done", True, (5, 0, 0, 0, 0))


def test_who_left_after_the_beginning_gets_nothing_and_the_counts_stay_true():
    mailing = begin("ana@example.org", "ben@example.org", "cy@example.org", "dee@example.org")
    Subscriber.objects.get(email="ben@example.org").delete()
    Subscription.objects.filter(subscriber__email="cy@example.org").delete()
    suppress("dee@example.org", Suppression.Reason.ASKED)

    send_round()

    assert [mail.to for mail in django_mail.outbox] == [["ana@example.org"]]
    assert counts(mailing) == (1, 0, 0, 1, 2)


def test_a_suppressed_address_is_left_out_though_its_owner_is_still_there(settings):
    mailing = begin("ana@example.org", "ben@example.org")
    suppress("ben@example.org", Suppression.Reason.ASKED)
    Delivery.objects.filter(subscriber=None).delete()
    again = begin("ben@example.org", mailing_list=mailing.to_lists.get())

    send_round()

    assert states(again) == {"ana@example.org": "sent", "ben@example.org": "skipped"}


def test_a_worker_in_the_middle_sees_who_leaves_and_that_it_is_paused(smtp, monkeypatch):
    monkeypatch.setattr(sending, "LOOK_AGAIN", 0)
    mailing = begin(*[f"reader-{each}@example.org" for each in range(6)])
    taken = []

    def note(delivery, **changes):
        real(delivery, **changes)
        taken.append(delivery.subscriber.email)
        if len(taken) == 2:
            Subscriber.objects.filter(email="reader-2@example.org").delete()
        if len(taken) == 4:
            Mailing.objects.update(state=Mailing.State.PAUSED)

    real = sending._note
    monkeypatch.setattr(sending, "_note", note)
    with server_at(smtp) as server:
        assert send_round() is None
        assert server.recipients == [f"reader-{each}@example.org" for each in (0, 1, 3, 4)]
        assert counts(mailing) == (4, 1, 0, 0, 1)
        assert Delivery.objects.exclude(claimed_by="").count() == 0

        Mailing.objects.update(state=Mailing.State.SENDING)
        send_round()

    assert server.recipients[4:] == ["reader-5@example.org"]


def test_an_address_that_is_not_there_is_refused_and_blocked_once_another_was_taken(smtp):
    mailing = begin("nobody@example.org", "full@example.org", "ana@example.org", "none@example.org")

    with server_at(smtp) as server:
        server.answers = {
            "nobody": "550 5.1.1 <nobody@example.org> is no mailbox here, nor is nobody",
            "full": "552 5.2.2 mailbox full",
            "none": "550 5.1.1 no",
        }
        send_round()

    assert server.recipients == ["ana@example.org"]
    assert counts(mailing) == (1, 0, 3, 0, 0)
    problems = Delivery.objects.order_by("pk").values_list("problem", "unproven")
    assert list(problems) == [
        ("550 5.1.1 … is no mailbox here, nor is …", False),
        ("552 5.2.2 mailbox …", False),
        ("", False),
        ("550 5.1.1 no", True),
    ]
    assert set(Subscriber.objects.values_list("email", flat=True)) == {
        "ana@example.org",
        "full@example.org",
        "none@example.org",
    }
    assert [(soft.subscriber.email, soft.ours) for soft in SoftBounce.objects.all()] == [("full@example.org", False)]


def test_a_refusal_is_held_against_its_address_once_however_many_workers_prove_it():
    mailing = begin("ana@example.org", "ben@example.org")
    Delivery.objects.update(state=Delivery.State.REFUSED, unproven=True, problem="552 5.2.2 mailbox full")

    def another_worker(**_sent):
        post_save.disconnect(another_worker, sender=SoftBounce)
        prove(mailing.pk)

    post_save.connect(another_worker, sender=SoftBounce)  # it comes while the first one is at the first
    prove(mailing.pk)

    held_against = SoftBounce.objects.order_by("subscriber__email").values_list("subscriber__email", flat=True)
    assert list(held_against) == ["ana@example.org", "ben@example.org"]


def test_a_server_that_refuses_everybody_pauses_the_mailing_and_blocks_nobody(smtp):
    mailing = begin(readers=MOST_UNPROVEN + 5)

    with server_at(smtp) as server:
        server.answers = {"": "550 5.7.1 relaying denied"}
        send_round()
        mailing.refresh_from_db()
        assert (mailing.state, counts(mailing)) == ("paused", (0, MOST_UNPROVEN + 5, 0, 0, 0))
        assert mailing.problem == "The mail server refused 20 mails in a row: 550 5.7.1 relaying denied"
        assert Suppression.objects.count() == 0

        server.answers = {}
        Mailing.objects.update(state=Mailing.State.SENDING)
        send_round()

    assert counts(mailing) == (MOST_UNPROVEN + 5, 0, 0, 0, 0)


def test_who_is_to_come_again_is_tried_with_growing_pauses_and_in_the_end_given_up(smtp):
    at = timezone.now() + timedelta(minutes=1)
    mailing = begin("later@example.org", "ana@example.org")

    with server_at(smtp) as server:
        server.answers = {"later": "451 4.7.1 come again"}
        for pause in [*PAUSES, timedelta(0)]:
            send_round(at)
            at += pause

    later = Delivery.objects.get(subscriber__email="later@example.org")
    assert (later.state, later.tries, later.problem) == ("refused", MOST_TRIES, "451 4.7.1 come again")
    assert (server.recipients, Suppression.objects.count()) == (["ana@example.org"], 0)
    mailing.refresh_from_db()
    assert mailing.state == "done"


def test_who_is_to_come_again_gets_it_then(smtp):
    mailing = begin("later@example.org")

    with server_at(smtp) as server:
        server.answers = {"later": "451 4.7.1 come again"}
        send_round()
        assert (is_due(timezone.now()), is_due(timezone.now() + PAUSES[0])) == (False, True)
        server.answers = {}
        send_round(timezone.now() + PAUSES[0])

    assert states(mailing) == {"later@example.org": "sent"}


def test_a_server_that_is_down_is_left_alone_and_tried_again(smtp):
    mailing = begin(readers=3)

    assert send_round() is None
    assert counts(mailing) == (0, 3, 0, 0, 0)
    assert pace.failing().problem.startswith("ConnectionRefusedError")
    assert is_due(timezone.now()) is False

    with server_at(smtp) as server:
        assert (send_round(), server.taken) == (None, [])
        send_round(timezone.now() + pace.PAUSES[0])

    assert (counts(mailing), pace.failing()) == ((3, 0, 0, 0, 0), None)


def test_a_server_that_hangs_costs_one_timeout_and_loses_nothing(smtp, settings):
    settings.EMAIL_TIMEOUT = 0.3
    mailing = begin(readers=3)

    with socket.create_server(("127.0.0.1", smtp)):  # it takes the call and never says a word
        started = time.monotonic()
        send_round()
        assert time.monotonic() - started < 2

    assert (counts(mailing), pace.failing().problem) == (
        (0, 3, 0, 0, 0),
        "SMTPServerDisconnected: Connection unexpectedly closed: timed out",
    )


def test_a_mail_that_may_have_been_taken_goes_out_twice_at_most(smtp):
    at = timezone.now() + timedelta(minutes=1)
    mailing = begin("ana@example.org")

    with server_at(smtp) as server:
        server.hangs_up = {"DATA"}
        for _each in range(4):
            send_round(at)
            at += PAUSES[0]

    delivery, words = Delivery.objects.get(), "No answer after the text, so it may have been taken: "
    assert server.recipients == ["ana@example.org"] * 2
    assert (delivery.state, delivery.tries, delivery.unproven) == ("refused", 2, False)
    assert delivery.problem.startswith(words)
    mailing.refresh_from_db()
    assert (mailing.state, SoftBounce.objects.count()) == ("done", 0)


def test_a_mail_on_which_the_server_hangs_up_holds_the_others_up_for_a_moment_only(smtp):
    at = timezone.now() + timedelta(minutes=1)
    mailing = begin("ana@example.org", "ben@example.org")

    with server_at(smtp) as server:
        server.hangs_up = {"RCPT"}
        send_round(at)
        server.hangs_up = set()
        send_round(at + pace.PAUSES[0])
        assert states(mailing) == {"ana@example.org": "waiting", "ben@example.org": "sent"}

        server.hangs_up = {"RCPT"}
        for pause in [*PAUSES, timedelta(0)]:
            at += pause
            send_round(at)

    assert states(mailing) == {"ana@example.org": "refused", "ben@example.org": "sent"}
    assert server.recipients == ["ben@example.org"]
    mailing.refresh_from_db()
    assert (mailing.state, Delivery.objects.get(state="refused").tries) == ("done", MOST_TRIES)


def test_a_refusal_counts_though_the_server_hangs_up_on_what_follows(smtp):
    mailing = begin("nobody@example.org", "ana@example.org")

    with server_at(smtp) as server:
        server.answers, server.hangs_up = {"nobody": "550 5.1.1 no"}, {"RSET"}
        send_round()

    assert (counts(mailing), pace.failing()) == ((1, 0, 1, 0, 0), None)


def test_a_long_answer_to_the_text_can_be_stored(smtp):
    begin("ana@example.org", "ben@example.org")

    with server_at(smtp) as server:
        server.data_answer = "554 5.7.1 " + "spam " * 80
        send_round()

    assert [len(each.problem) < 300 for each in Delivery.objects.all()] == [True, True]


def test_the_pauses_of_a_failing_server_grow(smtp):
    begin(readers=1)
    at = timezone.now()

    rests = []
    for _each in range(3):
        send_round(at)
        rests.append(MailServer.objects.get().rests_until - at)
        at = MailServer.objects.get().rests_until

    assert rests == pace.PAUSES[:3]


def test_a_server_that_ends_the_connection_after_some_mails_gets_the_rest_over_others(smtp):
    mailing = begin(readers=5)

    with server_at(smtp) as server:
        server.mails_a_connection = 2
        send_round()

    assert (len(set(server.recipients)), len(server.recipients), counts(mailing)[0]) == (5, 5, 5)
    assert pace.failing() is None


def test_a_server_that_takes_no_text_holds_nothing_against_the_addresses(smtp):
    mailing = begin(readers=2)

    with server_at(smtp) as server:
        server.data_answer = "554 5.7.1 looks like spam"
        send_round()

    mailing.refresh_from_db()
    assert (mailing.state, counts(mailing)[1], Suppression.objects.count()) == ("paused", 2, 0)


def test_a_mailing_that_nobody_got_is_not_called_sent(smtp):
    mailing = begin("ana@example.org", "ben@example.org")

    with server_at(smtp) as server:
        server.answers = {"": "550 5.7.1 relaying denied"}
        send_round()
        mailing.refresh_from_db()
        assert (mailing.state, counts(mailing)) == ("paused", (0, 2, 0, 0, 0))
        assert mailing.problem == (
            "Nobody has got it, since the mail server refused every mail: 550 5.7.1 relaying denied"
        )

        server.answers = {}
        Mailing.objects.update(state=Mailing.State.SENDING)
        send_round()

    mailing.refresh_from_db()
    assert (mailing.state, counts(mailing)) == ("done", (2, 0, 0, 0, 0))


def test_a_mail_that_cannot_be_made_holds_nobody_up(smtp):
    mailing = begin("ana@example.org", "ben@example.org")
    Subscriber.objects.filter(email="ana@example.org").update(email="a@b\nBcc: c@example.org")

    with server_at(smtp) as server:
        send_round()

    assert server.recipients == ["ben@example.org"]
    assert counts(mailing)[:3] == (1, 0, 1)


def test_what_a_dead_worker_had_claimed_is_free_at_once_on_its_machine(settings):
    mailing = begin(readers=2)
    now = timezone.now()
    with worker_name() as living:
        claim(mailing, living, now)
        assert (free_claims_of_the_dead(now), is_due(now)) == (0, False)
        Delivery.objects.update(claimed_by="dead-one")
        (settings.DATA_DIR / "sending" / "dead-one").touch()  # the file stays when its process is killed

        assert (free_claims_of_the_dead(now), is_due(now)) == (2, True)


def test_what_a_worker_elsewhere_had_claimed_is_free_when_its_lease_ends():
    mailing = begin(readers=1)
    now = timezone.now()
    claim(mailing, "on another machine", now)

    free_claims_of_the_dead(now)

    assert (is_due(now), is_due(now + LEASE)) == (False, True)


def test_no_more_is_sent_in_a_minute_than_is_allowed(settings):
    settings.NEWSLETTER_MAILS_PER_MINUTE = 120
    mailing, at = begin(readers=30), timezone.now()

    sent = []
    for _each in range(4):
        assert send_round(at) == sending.UNTIL_MORE_IS_ALLOWED
        sent.append(counts(mailing)[0])
        at += timedelta(seconds=2)

    assert sent == [10, 14, 18, 22]  # five seconds' worth at first, then two a second


def test_alerts_go_before_newsletters(settings):
    newsletter = begin("ana@example.org")
    alert = begin("ben@example.org")
    Mailing.objects.filter(pk=alert.pk).update(occasion="alert/1")

    send_round()

    assert [mail.to for mail in django_mail.outbox] == [["ben@example.org"], ["ana@example.org"]]
    newsletter.refresh_from_db()
    assert newsletter.state == "done"


def test_a_round_ends_in_time_and_says_that_more_is_due(monkeypatch):
    monkeypatch.setattr(sending, "ROUND", 0)
    begin(readers=2)

    assert send_round() == timedelta(0)
    assert Delivery.objects.exclude(claimed_by="").count() == 0


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(smtp, monkeypatch):
    monkeypatch.setattr(claims, "BATCH", 5)
    mailing = begin(readers=60, mailing_list=create_mailing_list())
    barrier = threading.Barrier(2)

    def work():
        try:
            barrier.wait()
            send_round()
        finally:
            connections.close_all()

    with server_at(smtp) as server:
        threads = [threading.Thread(target=work) for _each in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert (len(server.recipients), len(set(server.recipients)), counts(mailing)[0]) == (60, 60, 60)
    assert server.connections == 2

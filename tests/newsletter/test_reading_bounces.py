import mailbox
import socket
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from newsletter.models import SoftBounce, Subscriber, Suppression, UnreadMessage
from newsletter.panels import returned_mail
from newsletter.reading_bounces import look_into_mailbox, read_bounces
from newsletter.return_paths import return_path_of, token_of
from newsletter.suppression import suppressed
from publishing.dashboard import Viewer
from publishing.jobs import registered_jobs
from tests.factories import create_editor, create_subscriber
from tests.newsletter.returned import bounce, complaint

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.fixture(params=["maildir", "mbox"])
def box(request, tmp_path):
    """The mailbox of returned mail, as (its address, a function that puts messages in, one that counts them)."""
    path = tmp_path / "returned"
    make = mailbox.Maildir if request.param == "maildir" else mailbox.mbox

    def put(*messages):
        with closing(make(path)) as made:
            for message in messages:
                made.add(message)

    def count():
        with closing(make(path)) as made:
            return len(made)

    put()
    return f"{request.param}://{path}", put, count


@pytest.fixture
def subscriber():
    return create_subscriber(email="reader@example.org", confirmed_at=NOON)


def round_of(address, at=NOON):
    done = read_bounces(address, at)
    return (done.acted, done.nothing, done.unread)


@pytest.mark.parametrize(("make", "reason"), [(bounce, "bounce"), (complaint, "complaint")])
def test_who_is_gone_or_complains_is_removed_and_gets_nothing_more(box, subscriber, make, reason):
    address, put, count = box
    other = create_subscriber(confirmed_at=NOON)
    put(make(subscriber))

    assert round_of(address) == (1, 0, 0)

    assert list(Subscriber.objects.all()) == [other]
    assert suppressed(["reader@example.org"]) == {"reader@example.org"}
    assert Suppression.objects.get().reason == reason
    assert "reader" not in Suppression.objects.get().details
    assert count() == 0


def test_the_address_that_a_report_came_to_tells_whose_it_is(box, subscriber, settings):
    settings.NEWSLETTER_RETURN_PATH = "bounces@example.org"
    address, put, _count = box
    put(bounce(to=return_path_of(subscriber).upper()))

    assert round_of(address) == (1, 0, 0)
    assert Subscriber.objects.count() == 0


@pytest.mark.parametrize(
    ("status", "diagnosis"),
    [("4.4.1", "timed out"), ("4.2.2", "452 4.2.2 over quota"), ("5.2.2", "552 5.2.2 mailbox full")],
)
def test_the_third_mail_in_30_days_that_comes_back_for_now_ends_it(box, subscriber, status, diagnosis):
    address, put, _count = box
    for days in (40, 20, 10):
        put(bounce(subscriber, status=status, diagnosis=diagnosis))
        round_of(address, NOON - timedelta(days=days))
    assert Subscriber.objects.count() == 1

    put(bounce(subscriber, status=status, diagnosis=diagnosis))
    round_of(address, NOON)

    assert Subscriber.objects.count() == 0
    assert Suppression.objects.get().reason == "bounce"


@pytest.mark.parametrize(
    ("status", "diagnosis"),
    [
        ("5.7.26", "550-5.7.26 Unauthenticated email is not accepted"),
        ("5.7.1", "554 5.7.1 Service unavailable; blocked"),
        ("5.3.4", "552 5.3.4 Message too big"),
        ("5.1.8", "501 5.1.8 Sender rejected"),
        ("5.0.0", "550 5.7.1 Our policy"),
    ],
)
def test_a_mistake_of_ours_removes_nobody_and_is_told_to_staff(box, subscriber, status, diagnosis):
    address, put, count = box
    for _ in range(4):
        put(bounce(subscriber, status=status, diagnosis=diagnosis))

    assert round_of(address, timezone.now()) == (4, 0, 0)

    assert Subscriber.objects.count() == 1
    assert count() == 0
    panel = returned_mail(Viewer(create_editor(is_superuser=True), timezone.now()))
    assert [row.title for row in panel.rows] == ["4 mails were refused for how they were sent"]
    assert diagnosis in panel.rows[0].detail


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_not_lost_is_not_counted(box, subscriber, action):
    address, put, count = box
    put(bounce(subscriber, action=action, status="4.4.1"))

    assert round_of(address) == (0, 1, 0)
    assert (Subscriber.objects.count(), SoftBounce.objects.count(), count()) == (1, 0, 0)


@pytest.mark.parametrize(("kind", "remain"), [("opt-out", 0), ("fraud", 0), ("not-spam", 1), ("auth-failure", 1)])
def test_what_is_complained_of_counts(box, subscriber, kind, remain):
    address, put, count = box
    put(complaint(subscriber, kind=kind))

    round_of(address)

    assert (Subscriber.objects.count(), count()) == (remain, 0)


def test_a_report_about_somebody_who_left_or_moved_is_taken_away(box, subscriber):
    address, put, count = box
    left = create_subscriber(confirmed_at=NOON)
    put(bounce(left), bounce(subscriber))
    left.delete()
    Subscriber.objects.update(email="new@example.org")

    assert round_of(address) == (0, 2, 0)
    assert [each.email for each in Subscriber.objects.all()] == ["new@example.org"]
    assert count() == 0


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"Subject: Hello\n\nWho reads this?\n", id="a-letter"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x00\xff\xfe" * 1000, id="bytes"),
        pytest.param(b"Subject: =?utf-8?q?=FF=FE=00?= \x00\xff\nContent-Type: multipart/report\n\n", id="bad-header"),
        pytest.param(b"Content-Type: multipart/report; report-type=delivery-status\n\nno parts", id="no-parts"),
        pytest.param(bounce(), id="whose-is-not-told"),
        pytest.param(bounce(token="1-00000000000000000000", status="none", diagnosis="gone"), id="no-status"),
        pytest.param(bounce(token="1-00000000000000000000").replace(b"Action", b"Act"), id="no-action"),
        pytest.param(
            b"Content-Type: multipart/report; report-type=feedback-report; boundary=p\n\n--p\n"
            b"Content-Type: message/feedback-report\n\nUser-Agent: x\n\n--p--\n",
            id="no-kind",
        ),
        pytest.param(
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
            id="very-deep",
        ),
        pytest.param(b"Subject: " + b"x" * 100_000 + b"\n\n", id="very-long"),
    ],
)
def test_what_cannot_be_read_stays_is_told_once_and_harms_nobody(box, subscriber, message):
    address, put, count = box
    put(message)

    for _ in range(2):
        assert round_of(address) == (0, 0, 1)
    assert (count(), UnreadMessage.objects.count(), Subscriber.objects.count()) == (1, 1, 1)
    assert returned_mail(Viewer(create_editor(is_superuser=True), timezone.now())).title.startswith("Returned mail")
    assert returned_mail(Viewer(create_editor(), timezone.now())) is None


def test_what_a_person_took_away_is_told_no_more(box):
    address, put, _count = box
    put(b"Subject: Hello\n\nWho reads this?\n")
    round_of(address)
    path = address.partition("://")[2]
    with closing(mailbox.Maildir(path) if address.startswith("maildir") else mailbox.mbox(path)) as made:
        made.clear()

    assert round_of(address) == (0, 0, 0)
    assert UnreadMessage.objects.count() == 0
    assert returned_mail(Viewer(create_editor(is_superuser=True), timezone.now())) is None


def test_nobody_can_have_somebody_else_removed_by_naming_the_address(box, subscriber):
    address, put, _count = box
    put(bounce(), bounce(token=f"{subscriber.pk}-00000000000000000000"))

    assert round_of(address) == (0, 1, 1)
    assert Subscriber.objects.count() == 1


def test_an_answer_by_machine_is_taken_away(box):
    address, put, count = box
    put(b"Subject: Out of office\nAuto-Submitted: auto-replied\n\nI am away.\n")

    assert round_of(address) == (0, 1, 0)
    assert count() == 0


def test_readable_mail_behind_unreadable_mail_is_read(box, subscriber):
    address, put, count = box
    put(b"Subject: Hello\n\nWho reads this?\n", bounce(subscriber))

    assert round_of(address) == (1, 0, 1)
    assert count() == 1


def test_the_job_reads_where_a_mailbox_is_named(box, subscriber, settings):
    address, put, _count = box
    put(bounce(subscriber))
    settings.RETURNED_MAILBOX = ""
    look_into_mailbox()
    assert Subscriber.objects.count() == 1

    settings.RETURNED_MAILBOX = address
    look_into_mailbox()

    assert Subscriber.objects.count() == 0
    assert "read returned mail" in [job.name for job in registered_jobs()]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "Name a mailbox, or set RETURNED_MAILBOX."),
        ("pop3://example.org", "The address begins with none of"),
        ("maildir:///no/such/folder", "There is no mailbox at /no/such/folder."),
        ("mbox:///no/such/file", "There is no mailbox at /no/such/file."),
        ("imap://user:word@127.0.0.1:1/INBOX", "The mail server said:"),
    ],
)
def test_the_command_says_why_a_mailbox_cannot_be_read(address, told, settings):
    settings.RETURNED_MAILBOX = ""

    with pytest.raises(CommandError, match=told):
        call_command("read_bounces", *([address] if address else []))


def test_a_mailbox_on_a_mail_server_is_read(subscriber, capsys):
    """A server that answers as RFC 3501 has it: two messages, of which one is removed."""
    messages = {b"7": bounce(subscriber), b"9": b"Subject: Hello\n\nWho reads this?\n"}
    said = []

    def serve(listener):
        peer, _address = listener.accept()
        with peer, peer.makefile("rwb") as line:

            def say(text):
                line.write(text + b"\r\n")
                line.flush()

            say(b"* OK ready")
            while words := line.readline().strip():
                tag, _space, rest = words.partition(b" ")
                said.append(rest)
                command = rest.upper()
                if command.startswith(b"CAPABILITY"):
                    say(b"* CAPABILITY IMAP4rev1")
                elif command.startswith(b"SELECT"):
                    say(b"* 2 EXISTS")
                    say(b"* OK [UIDVALIDITY 42] valid")
                elif command.startswith(b"UID SEARCH"):
                    say(b"* SEARCH 7 9")
                elif command.startswith(b"UID FETCH"):
                    number = rest.split()[2]
                    content = messages[number].replace(b"\n", b"\r\n")
                    say(b"* 1 FETCH (UID %s BODY[] {%d}" % (number, len(content)))
                    say(content + b")")
                elif command.startswith(b"LOGOUT"):
                    say(b"* BYE")
                say(tag + b" OK done")
                if command.startswith(b"LOGOUT"):
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=[listener], daemon=True)
        thread.start()
        host, port = listener.getsockname()
        call_command("read_bounces", f"imap://us%40er:pass@{host}:{port}/Returned")
        thread.join(5)

    assert capsys.readouterr().out == "Acted on: 1. Nothing to do: 0. Left for a person: 1.\n"
    assert Subscriber.objects.count() == 0
    assert [each.key for each in UnreadMessage.objects.all()] == ["42:9"]
    assert b'LOGIN us@er "pass"' in said
    assert [each for each in said if b"STORE" in each] == [rb"UID STORE 7 +FLAGS (\Deleted)"]
    assert token_of(subscriber).encode() in messages[b"7"]

import smtplib
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail

from publishing import reviews_due
from publishing.jobs import Rounds, registered_jobs
from publishing.models import Reminder
from publishing.reviews_due import RemindersRefusedError, due, send_reminders
from tests.factories import create_article, create_editor, create_event, create_service, create_superuser
from tests.live_site import free_port

pytestmark = pytest.mark.django_db

MONDAY_7 = datetime(2026, 3, 9, 11, tzinfo=UTC)
MONDAY = date(2026, 3, 9)


def in_days(days):
    return MONDAY + timedelta(days=days)


@pytest.fixture
def administrators():
    return Group.objects.create(name="Site administrator")


# What is due.


def test_what_is_due_is_told_soonest_first():
    anna, ben = create_editor(), create_editor()
    article = create_article(headline="Parking", review_on=in_days(30), owner=anna)
    create_event(title="Class", review_on=in_days(-3), owner=ben)
    create_service(name="Surgery", review_on=in_days(0))
    create_article(review_on=in_days(31), owner=anna)
    create_article(review_on=in_days(-1), owner=anna, published_at=None)
    create_article(review_on=in_days(-1), owner=anna, archived_at=MONDAY_7)
    create_article(owner=anna)

    dues = due(by=in_days(30))

    assert [(each.on, each.title, each.kind, each.owner_id) for each in dues] == [
        (in_days(-3), "Class", "event", ben.pk),
        (in_days(0), "Surgery", "service", None),
        (in_days(30), "Parking", "news post", anna.pk),
    ]
    assert dues[2].address == f"/admin/news/article/{article.pk}/change/"
    assert [each.title for each in due(by=in_days(30), user=anna)] == ["Parking"]
    assert due(by=in_days(-4)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_due_takes_the_same_queries_for_any_number(rows, django_assert_num_queries):
    for _ in range(rows):
        create_article(review_on=MONDAY, owner=create_editor())
        create_event(review_on=MONDAY)

    with django_assert_num_queries(14) as queries:
        assert len(due(by=MONDAY)) == 2 * rows
    assert [query for query in queries.captured_queries if '"news_article"."body"' in query["sql"]] == []


# The mail.


def test_each_owner_gets_one_mail_with_links(settings, administrators):
    settings.SITE_URL = "https://www.example.org"
    anna, ben = create_editor(email="anna@example.org"), create_editor(email="ben@example.org")
    overdue = create_article(headline="Visiting <hours> & parking", review_on=in_days(-1), owner=anna)
    soon = create_service(name="Surgery", review_on=in_days(2), owner=anna)
    create_event(title="Class", review_on=in_days(2), owner=ben)

    send_reminders(MONDAY_7)

    first, second = mail.outbox
    assert [message.to for message in mail.outbox] == [["anna@example.org"], ["ben@example.org"]]
    assert first.subject == "Backus Hospital website, reviews: 1 overdue, 1 due soon"
    lines = [line for line in first.body.splitlines() if line.strip()]
    assert lines[2:8] == [
        "OVERDUE",
        "- Visiting <hours> & parking (news post), March 8, 2026",
        f"  https://www.example.org/admin/news/article/{overdue.pk}/change/",
        "IN THE NEXT 30 DAYS",
        "- Surgery (service), March 11, 2026",
        f"  https://www.example.org/admin/directory/service/{soon.pk}/change/",
    ]
    assert "Surgery" not in second.body
    assert "@" not in first.body


def test_what_nobody_answers_for_goes_to_the_administrators(administrators):
    chief = create_editor(email="chief@example.org")
    chief.groups.add(administrators)
    deaf, gone = create_editor(), create_editor(email="gone@example.org", is_active=False)
    create_article(headline="Nobody's", review_on=in_days(-1))
    create_article(headline="Without address", review_on=in_days(1), owner=deaf)
    create_article(headline="Has left", review_on=in_days(1), owner=gone)
    create_article(headline="Chief's own", review_on=in_days(1), owner=chief)

    send_reminders(MONDAY_7)

    [message] = mail.outbox
    assert message.to == ["chief@example.org"]
    headings = [line for line in message.body.splitlines() if line.isupper() or line.startswith("- ")]
    assert headings == [
        "IN THE NEXT 30 DAYS",
        "- Chief's own (news post), March 10, 2026",
        "WITHOUT AN OWNER WHO COULD BE ASKED, OVERDUE",
        "- Nobody's (news post), March 8, 2026",
        "WITHOUT AN OWNER WHO COULD BE ASKED, IN THE NEXT 30 DAYS",
        "- Has left (news post), March 10, 2026",
        "- Without address (news post), March 10, 2026",
    ]


def test_without_administrators_the_superusers_are_told():
    chief = create_superuser()
    get_user_model().objects.filter(pk=chief.pk).update(email="chief@example.org")
    create_article(review_on=MONDAY)

    send_reminders(MONDAY_7)

    assert [message.to for message in mail.outbox] == [["chief@example.org"]]


def test_where_nobody_can_be_told_the_log_says_so(caplog):
    create_article(review_on=MONDAY)

    send_reminders(MONDAY_7)

    assert mail.outbox == []
    assert "Reviews are due (1), and nobody has an e-mail address" in caplog.text


def test_with_nothing_due_there_is_no_mail(administrators):
    create_editor(email="anna@example.org").groups.add(administrators)
    create_article(review_on=in_days(31))

    send_reminders(MONDAY_7)

    assert mail.outbox == []


def test_a_long_list_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(reviews_due, "MOST_IN_A_PART", 2)
    anna = create_editor(email="anna@example.org")
    for _ in range(5):
        create_article(review_on=MONDAY, owner=anna)

    send_reminders(MONDAY_7)

    [message] = mail.outbox
    assert message.body.count("/admin/news/article/") == 2
    assert "… and 3 more" in message.body


def test_a_week_has_one_mail_for_each():
    anna = create_editor(email="anna@example.org")
    create_article(review_on=MONDAY, owner=anna)

    for hours in (0, 1, 24, 24 * 6):
        send_reminders(MONDAY_7 + timedelta(hours=hours))
    assert len(mail.outbox) == 1

    send_reminders(MONDAY_7 + timedelta(days=7))
    assert len(mail.outbox) == 2

    send_reminders(MONDAY_7 + timedelta(days=100))
    assert Reminder.objects.count() == 1


def test_two_workers_send_one_mail_on_monday_at_seven():
    create_article(review_on=MONDAY, owner=create_editor(email="anna@example.org"))
    [job] = [each for each in registered_jobs() if each.name == "remind of reviews"]
    workers = [Rounds([job]), Rounds([job])]
    sent = []

    for hour in range(24 * 8):
        at = MONDAY_7 - timedelta(days=5) + timedelta(hours=hour)
        sent += [at for worker in workers if worker.run_due(at)]

    assert sent == [MONDAY_7]
    assert len(mail.outbox) == 1


# With a real mail server.


class MailServer:
    """Takes mail, but for whom it is told to refuse. `boxes` is {address: [message]}."""

    def __init__(self):
        self.refuses, self.boxes = set(), {}
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802  the library's name
        if address in self.refuses:
            return "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  the library's name
        for address in envelope.rcpt_tos:
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.boxes.setdefault(address, []).append(message)
        return "250 OK"


@pytest.fixture
def server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.controller.port
    server.controller.start()
    yield server
    if server.controller.server is not None:
        server.controller.stop()


def test_a_refused_mail_is_tried_again_and_the_others_still_go(server, caplog):
    for name in ("anna", "ben", "carla"):
        create_article(headline=f"Page of {name}", review_on=MONDAY, owner=create_editor(email=f"{name}@example.org"))
    ben = get_user_model().objects.get(email="ben@example.org")
    server.refuses.add("ben@example.org")

    with pytest.raises(RemindersRefusedError):
        send_reminders(MONDAY_7)
    assert sorted(server.boxes) == ["anna@example.org", "carla@example.org"]
    said = [record.getMessage() for record in caplog.records if record.name == "publishing.reviews_due"]
    assert said == [f"The reminder for user {ben.pk} was refused: SMTPRecipientsRefused"]

    server.refuses.clear()
    send_reminders(MONDAY_7 + timedelta(minutes=1))
    send_reminders(MONDAY_7 + timedelta(minutes=2))

    assert {address: len(messages) for address, messages in server.boxes.items()} == {
        "anna@example.org": 1,
        "ben@example.org": 1,
        "carla@example.org": 1,
    }
    [message] = server.boxes["ben@example.org"]
    assert message.get_content_type() == "text/plain"
    assert "Page of ben" in message.get_content()


def test_an_address_that_is_always_refused_is_given_up(server, monkeypatch):
    monkeypatch.setattr(reviews_due, "MOST_TRIES", 2)
    create_article(review_on=MONDAY, owner=create_editor(email="ben@example.org"))
    server.refuses.add("ben@example.org")

    for _ in range(2):
        with pytest.raises(RemindersRefusedError):
            send_reminders(MONDAY_7)
    send_reminders(MONDAY_7)

    assert server.boxes == {}


def test_a_hostile_address_stops_no_other(server):
    for email in ("a@example.org\nBcc: all@example.org", "ben@example.org"):
        create_article(review_on=MONDAY, owner=create_editor(email=email))

    with pytest.raises(RemindersRefusedError):
        send_reminders(MONDAY_7)

    assert list(server.boxes) == ["ben@example.org"]


def test_without_a_mail_server_all_are_sent_later(server):
    create_article(review_on=MONDAY, owner=create_editor(email="anna@example.org"))
    server.controller.stop()

    with pytest.raises(ConnectionRefusedError):
        send_reminders(MONDAY_7)

    server.controller = Controller(server, hostname="127.0.0.1", port=server.controller.port)
    server.controller.start()
    send_reminders(MONDAY_7 + timedelta(minutes=1))
    assert list(server.boxes) == ["anna@example.org"]


def test_a_server_that_hangs_up_loses_no_mail(server, monkeypatch):
    create_article(review_on=MONDAY, owner=create_editor(email="anna@example.org"))

    def hangs_up(self, *args, **kwargs):
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(smtplib.SMTP, "sendmail", hangs_up)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send_reminders(MONDAY_7)

    send_reminders(MONDAY_7 + timedelta(minutes=1))
    assert list(server.boxes) == ["anna@example.org"]

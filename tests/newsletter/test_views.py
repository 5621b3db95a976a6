"""The whole way of a reader, with a real mail server and a real worker."""

import email
import re
import socket
import threading
from email.policy import default as email_policy
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from newsletter.links import confirm_link, leave_link
from newsletter.models import Subscriber
from tests.factories import create_subscriber

SUBSCRIBE = "/newsletter/"


class Mailbox:
    """Keeps what the mail server takes, as (recipients, message)."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        self.messages.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email_policy)))
        return "250 taken"


@pytest.fixture
def mailbox(settings):
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = free.getsockname()
    server = Controller(mailbox, *address, ready_timeout=60)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = address
    yield mailbox
    server.stop()


def work():
    """Do what is enqueued, as the worker does."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def path_of(link):
    return urlsplit(link).path


@pytest.mark.django_db(transaction=True)
def test_a_reader_asks_confirms_and_leaves(client, settings, mailbox):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    response = client.post(SUBSCRIBE, {"email": "Reader@example.org", "website": ""})
    assert (response.status_code, response["Location"]) == (302, "/newsletter/look-into-your-mail/")
    assert client.get(response["Location"]).status_code == 200
    assert mailbox.messages == []

    work()
    [(recipients, message)] = mailbox.messages
    assert recipients == ["Reader@example.org"]
    assert message["Subject"] == "Please confirm: health news from Backus Hospital"
    confirm, leave = (path_of(link) for link in re.findall(r"http\S+", message.get_content()))

    # What a mail scanner does: it follows every link.
    assert client.get(confirm).status_code == 200
    assert client.get(leave).status_code == 200
    assert client.head(confirm).status_code == 200
    assert Subscriber.objects.get().confirmed_at is None

    assert client.post(confirm).context["done"] is True
    confirmed_at = Subscriber.objects.get().confirmed_at
    assert confirmed_at is not None
    assert client.post(confirm).context["done"] is True
    assert Subscriber.objects.get().confirmed_at == confirmed_at

    assert client.post(leave).context["done"] is True
    assert Subscriber.objects.count() == 0
    assert client.post(leave).context["done"] is True
    assert client.post(confirm).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_the_same_address_are_both_answered(settings):
    """A double click: on PostgreSQL both requests find no such address and store it."""
    # zeal takes the second look, after the address was refused as known, for one query a row.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "zeal" not in name]
    # SQLite has one writer at a time, and the one connection that knows the test's database.
    workers = 1 if connection.vendor == "sqlite" else 4
    barrier, codes = threading.Barrier(workers), []

    def subscribe():
        barrier.wait()
        try:
            codes.append(Client(raise_request_exception=False).post(SUBSCRIBE, {"email": "a@example.org"}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=subscribe) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes == [302] * workers
    assert Subscriber.objects.count() == 1


pages = pytest.mark.django_db


@pages
def test_the_page_answers_alike_whether_or_not_the_address_is_known(client):
    create_subscriber(email="confirmed@example.org", confirmed_at=timezone.now())
    create_subscriber(email="asked@example.org")

    answers = {
        (response.status_code, response["Location"], response.content)
        for response in (
            client.post(SUBSCRIBE, {"email": address, "website": website})
            for address, website in [
                ("confirmed@example.org", ""),
                ("asked@example.org", ""),
                ("new@example.org", ""),
                ("robot@example.org", "x"),
            ]
        )
    }

    assert answers == {(302, "/newsletter/look-into-your-mail/", b"")}


@pages
def test_a_wrong_address_is_told_and_kept_in_the_field(client):
    response = client.post(SUBSCRIBE, {"email": '"><script>alert(1)</script>'})

    content = response.content.decode()
    assert response.status_code == 422
    assert "This is not a complete email address" in content
    assert "<script>alert" not in content
    assert Subscriber.objects.count() == 0


@pages
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_another_sites_page_cannot_send_the_forms(client, headers):
    subscriber = create_subscriber()

    for address in (SUBSCRIBE, path_of(confirm_link(subscriber)), path_of(leave_link(subscriber))):
        assert client.post(address, {"email": "victim@example.org"}, headers=headers).status_code == 403

    assert list(Subscriber.objects.values_list("email", "confirmed_at")) == [(subscriber.email, None)]


@pages
def test_the_forms_work_without_any_cookie():
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(SUBSCRIBE, {"email": "reader@example.org"}).status_code == 302
    assert strict.post(path_of(confirm_link(Subscriber.objects.get()))).context["done"] is True
    assert dict(strict.cookies) == {}


@pages
@pytest.mark.parametrize("token", ["x", "MQ:1abc:xyz", "%00", "é", "a" * 3000])
def test_a_forged_link_is_answered_and_does_nothing(client, token):
    create_subscriber()

    assert client.get(f"/newsletter/confirm/{token}/").status_code == 404
    assert client.post(f"/newsletter/confirm/{token}/").status_code == 404
    assert client.get(f"/newsletter/leave/{token}/").status_code == 200
    assert client.post(f"/newsletter/leave/{token}/").status_code == 200
    assert Subscriber.objects.confirmed().count() == 0
    assert Subscriber.objects.count() == 1


@pages
def test_pages_with_a_token_are_kept_nowhere_and_not_found_by_search_engines(client):
    subscriber = create_subscriber()

    for link in (confirm_link(subscriber), leave_link(subscriber)):
        response = client.get(path_of(link))
        assert "no-store" in response["Cache-Control"]
        assert response.context["head"].indexed is False
        assert response.context["head"].canonical is None


@pages
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(SUBSCRIBE).status_code == 405

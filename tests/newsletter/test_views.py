"""The pages of a reader, with a real mail server and a real worker where mail is sent."""

import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from newsletter.links import change_link, confirm_link, leave_link, one_click_link, preferences_link
from newsletter.models import AddressChange, Subscriber
from newsletter.suppression import suppress
from tests.factories import create_mailing_list, create_subscriber, create_topic
from tests.newsletter.filled_in import filled_in
from tests.newsletter.mail_server import mail_server, work

SUBSCRIBE = "/newsletter/"
ASKED = "/newsletter/look-into-your-mail/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mailbox(settings):
    with mail_server(settings) as mailbox:
        yield mailbox


def path_of(link):
    return urlsplit(link).path


@pytest.mark.django_db(transaction=True)
def test_a_reader_asks_confirms_chooses_moves_and_leaves(client, settings, mailbox):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    health, events = create_mailing_list(name="Health", position=1), create_mailing_list(name="Events", position=2)

    response = client.post(SUBSCRIBE, filled_in("Reader@example.org", [health]))
    assert (response.status_code, response["Location"]) == (302, ASKED)
    assert client.get(ASKED).status_code == 200
    assert mailbox.messages == []

    work()
    [(recipients, message)] = mailbox.messages
    assert recipients == ["Reader@example.org"]
    assert message["Subject"] == "Please confirm: mail from Backus Hospital"
    confirm, leave = mailbox.links()

    # What a mail scanner does: it follows every link.
    assert [client.get(path).status_code for path in (confirm, leave)] == [200, 200]
    assert client.head(confirm).status_code == 200
    assert Subscriber.objects.confirmed().count() == 0

    # A form without the lists that the page names confirms none.
    assert client.post(confirm).context["done"] is False
    response = client.post(confirm, {"list": health.pk})
    assert response.context["done"] is True
    assert Subscriber.objects.confirmed().count() == 1
    assert client.post(confirm, {"list": health.pk}).context["done"] is True

    preferences = response.context["preferences_link"]
    assert [choice.ticked for choice in client.get(preferences).context["choices"]] == [True, False]
    response = client.post(preferences, {"do": "choose", "lists": [events.slug], "language": "en"})
    assert response.status_code == 302
    assert [choice.ticked for choice in client.get(response["Location"]).context["choices"]] == [False, True]

    client.post(preferences, {"do": "address", "new-email": "new@example.org"})
    work()
    assert mailbox.messages[-1][0] == ["new@example.org"]
    [change] = mailbox.links()
    assert client.get(change).context["done"] is False
    assert Subscriber.objects.get().email == "Reader@example.org"
    response = client.post(change)
    assert response.context["done"] is True
    assert Subscriber.objects.get().email == "new@example.org"
    assert client.post(change).status_code == 410

    assert client.post(leave).context["done"] is True  # the old address is known no more
    assert Subscriber.objects.get().email == "new@example.org"
    preferences = response.context["preferences_link"]
    leave = client.get(preferences).context["leave_link"]
    assert client.post(leave).context["done"] is True
    assert Subscriber.objects.count() == 0
    assert client.post(leave).context["done"] is True
    assert client.get(preferences).context["done"] is True
    assert client.post(confirm, {"list": health.pk}).status_code == 404
    assert len(mailbox.messages) == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_the_same_address_are_both_answered(settings):
    """A double click: on PostgreSQL both requests find no such address and store it."""
    # zeal takes the second look, after the address was refused as known, for one query a row.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "zeal" not in name]
    # SQLite has one writer at a time, and the one connection that knows the test's database.
    workers = 1 if connection.vendor == "sqlite" else 4
    barrier, codes = threading.Barrier(workers), []
    data = filled_in("a@example.org", [create_mailing_list()])

    def subscribe():
        barrier.wait()
        try:
            codes.append(Client(raise_request_exception=False).post(SUBSCRIBE, data).status_code)
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
    health = create_mailing_list()
    create_subscriber(email="confirmed@example.org", lists=[health], confirmed_at=timezone.now())
    create_subscriber(email="asked@example.org", lists=[health])
    suppress("gone@example.org", "bounce")

    answers = {
        (response.status_code, response["Location"], response.content, str(sorted(response.headers)))
        for response in (
            client.post(SUBSCRIBE, filled_in(f"{name}@example.org", [health]))
            for name in ("confirmed", "asked", "new", "gone")
        )
    }

    assert len(answers) == 1
    assert answers.pop()[:3] == (302, ASKED, b"")


@pages
def test_a_wrong_address_is_told_and_everything_typed_is_kept(client):
    health, events = create_mailing_list(position=1), create_mailing_list(position=2)

    response = client.post(SUBSCRIBE, filled_in('"><script>alert(1)</script>', [events]))

    content = response.content.decode()
    assert response.status_code == 422
    assert "This is not a complete email address" in content
    assert "<script>alert" not in content
    assert [(choice.mailing_list, choice.ticked) for choice in response.context["choices"]] == [
        (health, False),
        (events, True),
    ]
    assert Subscriber.objects.count() == 0


@pages
@pytest.mark.parametrize(
    ("query", "ticked"),
    [
        ("", []),
        ("?list=heart", ["heart"]),
        ("?list=heart&list=events", ["events", "heart"]),
        ("?topic=heart-health", ["heart"]),
        ("?list=no-such-list&topic=%00&topic=" + "x" * 5000, []),
        ("?list=hidden", []),
    ],
)
def test_a_link_to_the_page_ticks_what_it_names(client, query, ticked):
    create_mailing_list(slug="events")
    create_mailing_list(slug="heart", topic=create_topic(slug="heart-health"))
    create_mailing_list(slug="hidden", offered=False)

    response = client.get(f"{SUBSCRIBE}{query}")

    assert sorted(choice.mailing_list.slug for choice in response.context["choices"] if choice.ticked) == ticked
    assert dict(response.cookies) == {}
    assert Subscriber.objects.count() == 0


@pages
def test_the_only_list_is_ticked_at_once(client):
    create_mailing_list()

    assert [choice.ticked for choice in client.get(SUBSCRIBE).context["choices"]] == [True]


@pages
def test_where_nothing_is_on_offer_the_page_says_so(client):
    content = client.get(SUBSCRIBE).content.decode()

    assert "There is nothing to sign up for at the moment." in content
    assert "<form class=" not in content


@pages
def test_who_signs_up_very_often_is_told_to_wait(client, settings):
    health = create_mailing_list()
    codes = [
        client.post(SUBSCRIBE, filled_in(f"{number}@example.org", [health]), REMOTE_ADDR="203.0.113.7").status_code
        for number in range(11)
    ]

    assert codes == [302] * 10 + [429]


@pages
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_another_sites_page_cannot_send_the_forms(client, headers):
    subscriber = create_subscriber(lists=[create_mailing_list()])
    change = AddressChange.objects.create(subscriber=subscriber, email="new@example.org")
    links = [confirm_link(subscriber), leave_link(subscriber), preferences_link(subscriber), change_link(change)]

    for address in (SUBSCRIBE, *map(path_of, links)):
        assert client.post(address, {"email": "victim@example.org"}, headers=headers).status_code == 403

    assert [each.email for each in Subscriber.objects.all()] == [subscriber.email]


@pages
def test_the_forms_work_without_any_cookie():
    health = create_mailing_list()
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(SUBSCRIBE, filled_in(lists=[health])).status_code == 302
    subscriber = Subscriber.objects.get()
    assert strict.post(path_of(confirm_link(subscriber)), {"list": health.pk}).context["done"] is True
    choice = {"do": "choose", "lists": [health.slug], "language": "en"}
    assert strict.post(path_of(preferences_link(subscriber)), choice).status_code == 302
    assert strict.post(path_of(one_click_link(subscriber)), ONE_CLICK).status_code == 200
    assert dict(strict.cookies) == {}


@pages
@pytest.mark.parametrize("token", ["x", "MQ:1abc:xyz", "%00", "é", "a" * 3000])
def test_a_forged_link_is_answered_in_a_sentence_and_does_nothing(client, token):
    create_subscriber()

    for page, code in {"confirm": 404, "leave": 410, "preferences": 410, "new-address": 410}.items():
        for answer in (client.get, client.post):
            response = answer(f"/newsletter/{page}/{token}/")
            assert (response.status_code, page) == (code, page)
            assert "Not all of this link has come, or it is not ours." in response.content.decode()
    assert client.post(f"/newsletter/leave/{token}/at-one-click/", ONE_CLICK).status_code == 410
    assert Subscriber.objects.count() == 1


@pages
def test_the_page_to_confirm_tells_nothing_of_other_readers(client):
    health, events = create_mailing_list(name="Health", position=1), create_mailing_list(name="Events", position=2)
    subscriber = create_subscriber(lists=[health])
    for confirmed_at in (None, None, timezone.now(), timezone.now()):
        create_subscriber(lists=[health, events], confirmed_at=confirmed_at)

    before = client.get(path_of(confirm_link(subscriber))).context
    after = client.post(path_of(confirm_link(subscriber)), {"list": health.pk}).context

    assert (before["done"], before["waiting"], before["had"]) == (False, [health], [])
    assert (after["done"], after["waiting"], after["had"]) == (True, [], [health])


@pages
def test_an_old_link_to_confirm_says_so(client, time_machine):
    subscriber = create_subscriber(lists=[create_mailing_list()])
    link = path_of(confirm_link(subscriber))

    time_machine.move_to(timezone.now() + timedelta(days=3, seconds=1))
    response = client.post(link)

    assert response.status_code == 404
    assert "This link was good for three days, and they are over." in response.content.decode()


@pages
def test_pages_with_a_token_are_kept_nowhere_and_tell_nobody_their_address(client):
    subscriber = create_subscriber(email="reader@example.org", confirmed_at=timezone.now())
    change = AddressChange.objects.create(subscriber=subscriber, email="new@example.org")

    for make_link in (confirm_link, leave_link, preferences_link):
        response = client.get(path_of(make_link(subscriber)))
        assert "no-store" in response["Cache-Control"]
        assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
        assert response.context["head"].indexed is False
        assert response.context["head"].canonical is None
        assert "reader@example.org" not in response.content.decode()
    assert "new@example.org" not in client.get(path_of(change_link(change))).content.decode()


@pages
def test_who_ticks_nothing_is_led_to_leaving_and_nothing_is_changed(client):
    subscriber = create_subscriber(confirmed_at=timezone.now())

    response = client.post(path_of(preferences_link(subscriber)), {"do": "choose", "language": "en"}, follow=True)

    assert "You have ticked nothing, so nothing has been changed yet." in response.content.decode()
    assert Subscriber.objects.confirmed().count() == 1


@pages
@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        ({}, 400, "This button is not known here."),
        ({"do": "\x00"}, 400, "This button is not known here."),
        ({"do": "choose", "language": "xx"}, 422, "Please check what you typed"),
        ({"do": "choose", "lists": ["\x00"], "language": "en"}, 422, "One of these is not on offer any more."),
        ({"do": "address", "new-email": ""}, 422, "Type your email address"),
        ({"do": "address", "new-email": "a@example.org\nBcc: b@example.org"}, 422, "not a complete email address"),
        ({"do": "address", "new-email": "x" * 10_000}, 422, "Please check what you typed"),
    ],
)
def test_what_cannot_be_done_with_preferences_is_told(client, data, code, told):
    subscriber = create_subscriber(confirmed_at=timezone.now())

    response = client.post(path_of(preferences_link(subscriber)), data)

    assert response.status_code == code
    assert told in response.content.decode()


@pages
def test_one_click_of_a_mail_program_leaves_as_often_as_it_comes(client):
    subscriber = create_subscriber(confirmed_at=timezone.now())
    address = path_of(one_click_link(subscriber))

    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, path_of(leave_link(subscriber)))
    assert client.head(address).status_code == 302
    assert client.post(address).status_code == 400  # a scanner that posts whatever it finds
    assert Subscriber.objects.count() == 1

    for _ in range(2):
        response = client.post(address, ONE_CLICK, headers={"origin": "https://mail.example"})
        assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert Subscriber.objects.count() == 0


@pages
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    subscriber = create_subscriber()

    for address in (SUBSCRIBE, path_of(one_click_link(subscriber)), path_of(preferences_link(subscriber))):
        assert getattr(client, method)(address).status_code == 405

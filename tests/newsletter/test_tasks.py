"""Mails about a subscription that the mail server does not take at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import default_task_backend

from newsletter.address_changes import request_change
from newsletter.models import Subscriber
from newsletter.tasks import answer_sign_up, ask_new_address
from tests.factories import create_mailing_list, create_subscriber
from tests.newsletter.mail_server import mail_server
from tests.newsletter.mailings import server_at

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server(settings):
        pass  # the port is free again
    with server_at(settings.EMAIL_PORT) as server:
        yield server


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, [1]), (1, [5]), (2, [15]), (3, [60]), pytest.param(4, [], id="given-up")]
)
def test_a_mail_server_that_is_away_is_tried_again_later(no_server, caplog, time_machine, tries, minutes):
    time_machine.move_to(timezone.now(), tick=False)
    subscriber = create_subscriber(email="reader@example.org", lists=[create_mailing_list()])
    change = request_change(subscriber, "new@example.org")
    default_task_backend.clear()

    answer_sign_up.func(subscriber.pk, tries)
    ask_new_address.func(change.pk, tries)

    again = [(result.task.name, result.args, result.task.run_after) for result in default_task_backend.results]
    assert again == [
        (name, [key, tries + 1], timezone.now() + each * MINUTE)
        for each in minutes
        for name, key in (("answer_sign_up", subscriber.pk), ("ask_new_address", change.pk))
    ]
    assert [record.levelname for record in caplog.records] == ["WARNING" if minutes else "ERROR"] * 2


@pytest.mark.parametrize(
    ("answer", "tries"), [("450 reader@example.org later", [1]), ("550 no reader@example.org", [])]
)
def test_a_refusal_leaves_no_address_in_the_tasks_or_the_log(server, caplog, answer, tries):
    server.answers["reader@"] = answer
    subscriber = create_subscriber(email="reader@example.org", lists=[create_mailing_list()])
    default_task_backend.clear()

    answer_sign_up.func(subscriber.pk)  # what it raised would be stored, and logged by the worker

    log = [record.getMessage() + str(record.exc_text) for record in caplog.records if record.name != "mail.log"]
    assert [result.args for result in default_task_backend.results] == [[subscriber.pk, each] for each in tries]
    assert (len(log), "reader@" in str(log)) == (1, False)
    assert Subscriber.objects.get().mailed_at is None

"""What is wrong with a feed is noticed once, told once, and over when it is over."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from ertimes.concerns import begin, forget_old_concerns
from ertimes.models import Concern, FeedKey, Source
from ertimes.readings import record_reading
from ertimes.tasks import tell_staff, who_is_told
from ertimes.watching import watch_feeds
from publishing.jobs import registered_jobs
from tests.factories import create_department, create_editor, create_reading, create_superuser
from tests.live_site import free_port

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
RIGHT = ["change_waittimereading"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def worker(settings):
    """Have tasks done at once, as soon as their transaction is committed."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def department():
    return create_department(name="Backus Emergency", shown_minutes=60)


@pytest.fixture
def nurse():
    return create_editor(permissions=RIGHT, email="anna@example.org")


def at(minute):
    return NOON + timedelta(minutes=minute)


def feed(department, minute, wait, clock):
    clock.move_to(at(minute))
    record_reading(
        department=department, observed_at=at(minute), door_to_provider=timedelta(minutes=wait), source=Source.FEED
    )


def going_on():
    return list(Concern.objects.filter(ended_at=None).order_by("kind").values_list("kind", flat=True))


# The mail.


def test_staff_are_told_once_what_is_wrong_and_where_to_decide(
    department, nurse, clock, worker, settings, django_capture_on_commit_callbacks
):
    settings.SITE_URL = "https://www.example.org"

    with django_capture_on_commit_callbacks(execute=True):
        feed(department, 0, 12, clock)
        feed(department, 5, 990, clock)
        for minute in range(6, 20):
            feed(department, minute, 990, clock)

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["anna@example.org"], "Backus Emergency: The wait jumped")
    assert letter.body.strip().split("\n\n") == [
        "Backus Emergency: the waits that its feed sends need a person.",
        "What is wrong: The wait jumped. 990 minutes, after 12 minutes at 12:00 PM.\n"
        "Since: Mon, Mar 2, 12:05 PM EST\n"
        "What visitors see now: 12 minutes, until 1:00 PM EST at the latest.",
        "Set the wait, or decide about what is held, here:\n"
        f"https://www.example.org/admin/ertimes/emergencydepartment/set-wait/{department.pk}/",
        "This is told once. The front page of the staff’s screens shows it until it is over.",
        "Backus Hospital",
    ]
    assert Concern.objects.get().told_at == at(19)  # the test commits when all is recorded


def test_what_comes_and_goes_is_told_once(department, nurse, clock, worker, django_capture_on_commit_callbacks):
    for minute in range(0, 120, 20):
        with django_capture_on_commit_callbacks(execute=True):
            feed(department, minute, 12, clock)
            feed(department, minute + 1, 990, clock)
            feed(department, minute + 2, 990, clock)

    assert (len(mail.outbox), Concern.objects.count()) == (1, 1)


def test_what_begins_again_later_is_told_again(department, nurse, clock, worker, django_capture_on_commit_callbacks):
    for minute in (0, 30):
        with django_capture_on_commit_callbacks(execute=True):
            feed(department, minute - 1, 12, clock)
            feed(department, minute, 990, clock)
        with django_capture_on_commit_callbacks(execute=True):
            feed(department, minute + 0.5, 12, clock)

    assert len(mail.outbox) == 1
    with django_capture_on_commit_callbacks(execute=True):
        feed(department, 62, 990, clock)
    assert (len(mail.outbox), Concern.objects.count()) == (2, 2)


def test_the_task_is_safe_to_run_twice(department, nurse, worker):
    concern = begin(department, "silent", NOON)

    tell_staff.call(concern.pk)
    tell_staff.call(concern.pk)
    tell_staff.call(0)

    assert len(mail.outbox) == 1


def test_what_is_over_before_the_mail_goes_is_told_to_nobody(department, nurse):
    concern = begin(department, "silent", NOON)
    Concern.objects.update(ended_at=NOON)

    tell_staff.call(concern.pk)

    assert mail.outbox == []
    assert Concern.objects.get().told_at is None


def test_mail_goes_to_staff_who_may_decide(nurse):
    create_superuser()
    create_editor(permissions=RIGHT, email="gone@example.org", is_active=False)
    create_editor(permissions=["view_waittimereading"], email="reader@example.org")
    create_editor(permissions=RIGHT, email="")
    create_editor(permissions=RIGHT, email="anna@example.org")  # a second account with the same address
    create_editor(permissions=RIGHT, email="bad\r\nBcc: all@example.org")

    assert who_is_told() == ["anna@example.org"]


def test_a_superuser_is_told_where_nobody_else_can_be():
    chief = create_superuser()
    chief.email = "chief@example.org"
    chief.save()

    assert who_is_told() == ["chief@example.org"]


def test_where_nobody_can_be_told_the_log_says_so(department, caplog):
    concern = begin(department, "silent", NOON)

    with caplog.at_level(logging.WARNING, logger="ertimes.tasks"):
        tell_staff.call(concern.pk)

    assert caplog.messages == ["Nobody with an e-mail address can be told: No reading arrives: Backus Emergency"]
    assert mail.outbox == []


class Refusing:
    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        return "451 try again later"


class Taking:
    def __init__(self):
        self.envelopes = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        self.envelopes.append(envelope)
        return "250 taken"


def test_a_mail_that_the_server_refuses_is_tried_again_each_minute(
    department, nurse, settings, worker, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    create_reading(department=department, source=Source.FEED, observed_at=NOON - timedelta(hours=2))
    server = Controller(Refusing(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            watch_feeds(NOON)
        assert Concern.objects.get().told_at is None
    finally:
        server.stop()

    taking = Taking()
    server = Controller(taking, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        for minute in (1, 2):
            with django_capture_on_commit_callbacks(execute=True):
                watch_feeds(at(minute))
    finally:
        server.stop()

    assert [envelope.rcpt_tos for envelope in taking.envelopes] == [["anna@example.org"]]
    assert Concern.objects.get().told_at == NOON


# Silence.


@pytest.mark.parametrize(
    ("age", "kinds"),
    [
        pytest.param(timedelta(minutes=59, seconds=59), [], id="young-enough"),
        pytest.param(timedelta(minutes=60), ["silent"], id="no-number-is-left"),
        pytest.param(timedelta(days=6, hours=23), ["silent"], id="for-days"),
        pytest.param(timedelta(days=7), [], id="no-feed-any-more"),
    ],
)
def test_a_feed_that_has_stopped_is_missed(department, age, kinds):
    create_reading(department=department, source=Source.FEED, observed_at=NOON - age)

    watch_feeds(NOON)

    assert going_on() == kinds


def test_silence_ends_with_the_next_reading(department, clock):
    create_reading(department=department, source=Source.FEED, observed_at=NOON - timedelta(hours=2))
    watch_feeds(NOON)
    watch_feeds(at(1))
    assert (going_on(), Concern.objects.count()) == (["silent"], 1)
    assert Concern.objects.get().details == "The last reading of the feed: Mon, Mar 2, 10:00 AM EST."

    feed(department, 2, 25, clock)

    assert going_on() == []


def test_a_reading_that_is_too_old_ends_no_silence(department, clock):
    create_reading(department=department, source=Source.FEED, observed_at=NOON - timedelta(hours=3))
    watch_feeds(NOON)

    record_reading(
        department=department,
        observed_at=NOON - timedelta(hours=2),
        door_to_provider=timedelta(minutes=25),
        source=Source.FEED,
    )

    assert going_on() == ["silent"]


def test_a_feed_whose_readings_are_held_is_not_silent(department, clock):
    feed(department, -90, 12, clock)
    feed(department, -10, 990, clock)

    watch_feeds(NOON)

    assert going_on() == ["jump"]


def test_staff_who_speak_do_not_end_the_silence_of_the_feed(department):
    create_reading(department=department, source=Source.FEED, observed_at=NOON - timedelta(hours=2))
    create_reading(department=department, source=Source.STAFF, observed_at=NOON)

    watch_feeds(NOON)

    assert going_on() == ["silent"]


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"status": "closed"}, []),
        ({"status": "closed", "status_until": NOON - timedelta(minutes=1)}, ["silent"]),
        ({"status": "limited"}, ["silent"]),
        ({"published_at": None}, []),
        ({"expires_at": NOON - timedelta(hours=1)}, []),
    ],
)
def test_nobody_misses_a_feed_of_a_department_that_is_closed_or_not_shown(fields, kinds):
    department = create_department(**fields)
    create_reading(department=department, source=Source.FEED, observed_at=NOON - timedelta(hours=5))

    watch_feeds(NOON)

    assert going_on() == kinds


@pytest.mark.parametrize(
    ("used", "revoked", "kinds"),
    [
        pytest.param(NOON - timedelta(days=30), None, ["silent"], id="a-key-in-use"),
        pytest.param(None, None, [], id="a-key-that-was-never-used"),
        pytest.param(NOON - timedelta(days=30), NOON, [], id="a-revoked-key"),
    ],
)
def test_a_feed_with_a_key_in_use_is_missed_however_long_it_is_silent(department, used, revoked, kinds):
    FeedKey.objects.create(department=department, key_id="k1", label="Interface", last_used_at=used, revoked_at=revoked)

    watch_feeds(NOON)

    assert going_on() == kinds


def test_made_up_readings_are_no_feed_without_the_demonstration(department, settings):
    settings.DEMONSTRATION = False
    create_reading(department=department, source=Source.FEED, observed_at=NOON - timedelta(hours=2), demonstration=True)

    watch_feeds(NOON)

    assert going_on() == []


# Once.


def test_a_concern_is_noticed_once_for_each_kind_and_department(department):
    first = begin(department, "silent", NOON)

    assert begin(department, "silent", NOON) == first
    assert begin(department, "jump", NOON) != first
    assert begin(create_department(), "silent", NOON) != first
    assert Concern.objects.count() == 3


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_of_two_who_notice_it_at_once_one_does(department):
    start, found = threading.Barrier(2), []

    def notice():
        start.wait()
        with transaction.atomic():
            found.append(begin(department, "silent", timezone.now()).pk)
        connection.close()

    threads = [threading.Thread(target=notice) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(found), len(set(found))) == (2, 1)
    assert Concern.objects.count() == 1


def test_what_was_over_90_days_ago_is_forgotten(department):
    for days in (89, 91):
        Concern.objects.create(
            department=department, kind="silent", began_at=NOON, ended_at=NOON - timedelta(days=days)
        )
    Concern.objects.create(department=department, kind="silent", began_at=NOON - timedelta(days=100))

    forget_old_concerns(NOON)

    assert Concern.objects.count() == 2


def test_the_worker_watches_each_minute():
    jobs = {job.name: job.every for job in registered_jobs()}

    assert jobs["watch the feeds of waits"] == timedelta(minutes=1)
    assert jobs["forget old concerns"] == timedelta(days=1)

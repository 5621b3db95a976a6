"""The rules of notices of somebody on the way: one a form, so many an hour, handled once, gone within a day."""

import io
import logging
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client, RequestFactory

from ertimes import arrivals
from ertimes.arrival_links import notice_link
from ertimes.arrivals import MOST_CHANGES, MOST_OF_A_DEPARTMENT, MOST_OF_A_SENDER, Step, TooManyNoticesError
from ertimes.models import ArrivalNotice
from publishing.client_address import client_address, sender_of
from publishing.form_stamps import make_stamp
from publishing.jobs import registered_jobs
from tests.factories import create_arrival_notice, create_department, create_editor

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
Status = ArrivalNotice.Status
database = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def capture_console():
    """Return a function that gives what the site's log has got since."""
    handler = logging.getLogger("django").handlers[0]
    stream, handler.stream = handler.stream, io.StringIO()
    yield lambda: handler.stream.getvalue()
    handler.stream = stream


def tell(department, *, nonce, sender="a", **fields):
    fields = {"arriving_in": HALF_AN_HOUR, "name": "Ana", **fields}
    return arrivals.tell(department=department, nonce=nonce, sender=sender, **fields)


@database
def test_the_same_form_is_one_notice_the_first(clock):
    department = create_department()

    first, second = tell(department, nonce="n", name="Ana"), tell(department, nonce="n", name="Bo")

    assert (first.pk, second.name, ArrivalNotice.objects.count()) == (second.pk, "Ana", 1)


@database
def test_codes_are_short_and_hold_nothing_that_looks_alike(clock):
    department = create_department()

    codes = {tell(department, nonce=str(number), sender="").code for number in range(20)}

    assert len(codes) == 20
    assert [code for code in codes if not re.fullmatch("[CDFHJKMNPRTVWXY34679]{5}", code)] == []


@database
def test_an_address_has_so_many_an_hour_whatever_the_department(clock):
    for number in range(MOST_OF_A_SENDER):
        tell(create_department(), nonce=str(number))

    with pytest.raises(TooManyNoticesError):
        tell(create_department(), nonce="x")
    tell(create_department(), nonce="y", sender="b")
    clock.shift(timedelta(hours=1))
    tell(create_department(), nonce="z")


@database
def test_an_unknown_address_is_not_one_address(clock):
    department = create_department()

    for number in range(MOST_OF_A_SENDER + 1):
        tell(department, nonce=str(number), sender="")

    assert ArrivalNotice.objects.count() == MOST_OF_A_SENDER + 1


@database
def test_a_department_has_so_many_an_hour(clock):
    department, other = create_department(), create_department()
    for number in range(MOST_OF_A_DEPARTMENT):
        create_arrival_notice(department=department, sender=f"s{number}")

    with pytest.raises(TooManyNoticesError):
        tell(department, nonce="x")
    tell(other, nonce="y")


@database
def test_a_form_that_was_taken_is_answered_alike_beyond_the_limit(clock):
    department = create_department()
    notices = [tell(department, nonce=str(number)) for number in range(MOST_OF_A_SENDER)]

    assert tell(department, nonce="0") == notices[0]


def at_once(count, act):
    """Do `act(number)` in `count` threads at the same time; return what each gave, an exception as its class."""
    barrier, outcomes = threading.Barrier(count), []

    def run(number):
        barrier.wait()
        try:
            outcomes.append(act(number))
        except Exception as error:  # whatever it was is what the test is about
            outcomes.append(type(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_many_at_once_from_one_address_are_counted_together():
    departments = [create_department(), create_department()]

    outcomes = at_once(MOST_OF_A_SENDER + 4, lambda number: tell(departments[number % 2], nonce=str(number)))

    assert outcomes.count(TooManyNoticesError) == 4
    assert ArrivalNotice.objects.count() == MOST_OF_A_SENDER


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_one_form_from_two_tabs_at_once_is_one_notice():
    department = create_department()

    outcomes = at_once(6, lambda _number: tell(department, nonce="n").pk)

    assert outcomes == [ArrivalNotice.objects.get().pk] * 6


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_of_several_nurses_who_press_at_once_one_is_the_first():
    notice = create_arrival_notice()
    nurses = [create_editor() for _ in range(5)]

    outcomes = at_once(
        5, lambda number: arrivals.handle(notice.pk, Step.SEE, seen_state="expected-0", user=nurses[number])
    )

    assert [outcome.done for outcome in outcomes].count(True) == 1
    assert len({outcome.notice.handled_by for outcome in outcomes}) == 1


@database
@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("expected", Step.SEE, "acknowledged"),
        ("expected", Step.ARRIVE, "arrived"),
        ("expected", Step.MISS, "no_show"),
        ("acknowledged", Step.ARRIVE, "arrived"),
        ("acknowledged", Step.MISS, "no_show"),
        ("acknowledged", Step.UNDO, "expected"),
        ("arrived", Step.UNDO, "acknowledged"),
        ("no_show", Step.UNDO, "acknowledged"),
    ],
)
def test_staff_mark_a_notice(clock, before, step, after):
    notice, nurse = create_arrival_notice(status=before), create_editor()

    handled = arrivals.handle(notice.pk, step, seen_state=notice.state, user=nurse)

    assert (handled.done, handled.notice.status) == (True, after)
    assert handled.notice.handled_by == (None if after == "expected" else nurse)


@database
@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("acknowledged", Step.SEE),
        ("arrived", Step.SEE),
        ("arrived", Step.ARRIVE),
        ("arrived", Step.MISS),
        ("no_show", Step.ARRIVE),
        ("expected", Step.UNDO),
        *[("cancelled", step) for step in Step],
    ],
)
def test_staff_cannot_mark_what_is_settled(clock, status, step):
    notice = create_arrival_notice(status=status)

    handled = arrivals.handle(notice.pk, step, seen_state=notice.state, user=create_editor())

    assert (handled.done, handled.notice.status) == (False, status)


@database
@pytest.mark.parametrize("state", ["expected-1", "expected", "", "-", "expected-x", "x" * 1000, "\x00"])
def test_what_a_nurse_has_not_seen_is_not_marked(clock, state):
    notice = create_arrival_notice()

    assert arrivals.handle(notice.pk, Step.SEE, seen_state=state, user=create_editor()).done is False
    notice.refresh_from_db()
    assert notice.status == Status.EXPECTED


@database
def test_double_click_of_one_nurse_is_done_once_and_refused_never(clock):
    notice, nurse = create_arrival_notice(), create_editor()

    outcomes = [arrivals.handle(notice.pk, Step.ARRIVE, seen_state="expected-0", user=nurse).done for _ in range(2)]

    assert outcomes == [True, True]


@database
def test_notice_that_is_deleted_is_not_there_to_be_marked(clock):
    notice = create_arrival_notice(expected_at=NOON - timedelta(hours=22))

    handled = arrivals.handle(notice.pk, Step.ARRIVE, seen_state=notice.state, user=create_editor())

    assert (handled.done, handled.notice) == (False, None)


@database
def test_nobody_keeps_staff_busy_with_changes(clock):
    notice = create_arrival_notice(changes=MOST_CHANGES)

    done = arrivals.change(notice, arriving_in=HALF_AN_HOUR * 2, mobile="", wheelchair=False, interpreter="")

    notice.refresh_from_db()
    assert (done, notice.changes) == (False, MOST_CHANGES)


@database
@pytest.mark.parametrize(
    ("since_expected", "kept"),
    [(timedelta(hours=21, minutes=59), 1), (timedelta(hours=22), 0), (timedelta(days=400), 0)],
)
def test_notice_is_deleted_in_time_and_seen_by_nobody_from_then_on(clock, since_expected, kept):
    create_arrival_notice(expected_at=NOON - since_expected)

    assert ArrivalNotice.objects.kept().count() == kept
    arrivals.purge_arrival_notices()
    assert ArrivalNotice.objects.count() == kept


def test_whoever_comes_at_once_and_is_deleted_late_is_still_deleted_within_24_hours():
    job = next(job for job in registered_jobs() if job.name == "purge arrival notices")
    longest_ahead = timedelta(minutes=60)

    assert job.function is arrivals.purge_arrival_notices
    assert longest_ahead + timedelta(hours=22) + 2 * job.every < timedelta(hours=24)


def whole_database():
    """Return all that stands in any column of any table, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own tables
            found += [str(bytes(value) if isinstance(value, memoryview) else value) for row in cursor for value in row]
    return "\n".join(found)


@database
def test_after_the_purge_nothing_of_a_notice_is_left_in_any_table(client, clock):
    department = create_department()
    form = {"stamp": make_stamp(department, NOON - timedelta(minutes=1)), "arriving_in": "30", "name": "Zebedee"}
    form |= {"mobile": "860-555-0123", "interpreter": "other", "other_language": "Quenya"}
    link = client.post(f"{department.get_absolute_url()}on-my-way/tell/", form)["Location"]
    client.post(link, {"do": "change", "arriving_in": "45", "mobile": "860-555-0199", "other_language": "Quenya"})
    notice = ArrivalNotice.objects.get()
    traces = ["Zebedee", "555-0123", "555-0199", "Quenya", notice.code, notice.nonce]
    nurse = Client()
    nurse.force_login(create_editor(permissions=["view_arrivalnotice", "change_arrivalnotice"]))
    board = "/admin/ertimes/arrivalnotice/"
    for address in (board, f"{board}?department={department.pk}", f"{board}sheet/?department={department.pk}"):
        assert "Zebedee" in nurse.get(address).content.decode()
    for step in (Step.SEE, Step.UNDO, Step.ARRIVE):
        state = ArrivalNotice.objects.get().state
        nurse.post(f"{board}handle/", {"notice": notice.pk, "step": step, "state": state, "department": department.pk})
    assert ArrivalNotice.objects.get().status == Status.ARRIVED
    assert [trace for trace in traces if trace not in whole_database()] == ["555-0123"]

    clock.shift(timedelta(hours=23))
    client.get(link)
    arrivals.purge_arrival_notices()

    left = whole_database()
    assert [trace for trace in traces if trace in left] == []


def request_from(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.parametrize(
    ("header", "request_", "address"),
    [
        ("", request_from("203.0.113.5", x_real_ip="198.51.100.7"), "203.0.113.5"),
        ("X-Real-IP", request_from("127.0.0.1", x_real_ip="198.51.100.7"), "198.51.100.7"),
        ("X-Forwarded-For", request_from("127.0.0.1", x_forwarded_for="6.6.6.6, 198.51.100.7"), "198.51.100.7"),
        ("X-Real-IP", request_from("10.0.0.1", x_real_ip="nonsense\x00"), "10.0.0.1"),
        ("", request_from("::ffff:203.0.113.5"), "203.0.113.5"),
        ("", request_from("127.0.0.1"), "None"),
        ("X-Real-IP", request_from("127.0.0.1"), "None"),
        ("", request_from(""), "None"),
    ],
)
def test_address_of_a_visitor_is_the_proxys_word_only_where_a_proxy_is_named(settings, header, request_, address):
    settings.CLIENT_ADDRESS_HEADER = header

    assert str(client_address(request_)) == address


def test_sender_is_a_household_and_another_one_for_every_purpose(settings):
    def sender(address, purpose="a"):
        return sender_of(request_from(address), purpose=purpose)

    assert sender("2001:db8::1") == sender("2001:db8::ffff:2") != sender("2001:db8:0:1::1")
    assert sender("203.0.113.5") != sender("203.0.113.6")
    assert sender("203.0.113.5") != sender("203.0.113.5", purpose="b")
    assert sender("127.0.0.1") == ""
    before = sender("203.0.113.5")
    settings.SECRET_KEY = "another"
    assert sender("203.0.113.5") != before


@database
def test_link_of_a_notice_is_not_in_the_log(client, clock, capture_console):
    notice = create_arrival_notice(expected_at=NOON - timedelta(hours=22))

    client.get(notice_link(notice))
    client.get(notice_link(notice)[:-2] + "/")

    lines = capture_console()
    assert len(re.findall("Gone: ", lines)) == 2
    assert notice.nonce not in lines


@database
def test_name_of_a_notice_is_its_code(clock):
    assert str(create_arrival_notice(code="K4M7P", name="Zebedee")) == "K4M7P"

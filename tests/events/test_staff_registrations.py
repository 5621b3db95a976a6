"""What staff do with registrations, on their screens."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry

from events.admin.registrations import registrations_address
from events.models import DateStatus, EventDate, Registration
from publishing.models import AuditEntry
from tests.events.registrations import BEGINS, WEEK_BEFORE, come, one_date, states
from tests.factories import create_editor, create_event, create_registration, create_superuser

pytestmark = pytest.mark.django_db

NAME = "Zebedee Quillfeather"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        yield clock


@pytest.fixture
def staff(client):
    client.force_login(create_superuser())
    return client


def said(response):
    return " ".join(response.content.decode().split())


def screen(date, name=""):
    return f"{registrations_address(date)}{name}"


def one(registration):
    return f"/admin/events/registration/{registration.pk}/change/"


def told(**changes):
    return {"nonce": "n-1", "name": NAME, "email": "", "phone": "", "party": "1", "language": "en"} | changes


def test_the_registrations_of_a_date_are_listed_with_who_waits_and_how_many_seats_are_taken(staff):
    date = one_date(seats=3, title="First aid")
    come(date, name="Ana Lima", party=3)
    come(date, name="Ben Ruiz")
    create_registration(create_event().dates.get(), name="Of another event")

    page = said(staff.get(screen(date)))

    assert "First aid" in page
    assert "<dd>3 / 3</dd>" in page
    assert page.index("Ana Lima") < page.index("Ben Ruiz")
    assert "On the waiting list" in page
    assert "Of another event" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=LIMA", {"Ana Lima"}),
        ("q=ben@example.org", {"Ben Ruiz"}),
        ("state=waiting", {"Ben Ruiz"}),
        ("state=came", {"Ana Lima"}),
        ("q=nobody", set()),
        ("state=nonsense", {"Ana Lima", "Ben Ruiz"}),
        ("q=%00", {"Ana Lima", "Ben Ruiz"}),
    ],
)
def test_people_are_found_by_name_mail_address_and_state(staff, query, found):
    date = one_date()
    create_registration(date, name="Ana Lima", checked_in_at=WEEK_BEFORE)
    create_registration(date, name="Ben Ruiz", email="ben@example.org", state="waiting")

    page = said(staff.get(f"{screen(date)}?{query}"))

    assert {name for name in ("Ana Lima", "Ben Ruiz") if name in page} == found


def test_the_list_of_a_big_date_comes_in_pages_with_few_queries(staff, django_assert_max_num_queries):
    date = one_date(seats=None)
    Registration.objects.bulk_create(
        Registration(date=date, name=f"Visitor {number:03}", email="a@example.org", nonce=f"n{number}")
        for number in range(120)
    )
    staff.get(screen(date))

    with django_assert_max_num_queries(12):
        page = said(staff.get(f"{screen(date)}?page=2"))

    assert "Visitor 100" in page
    assert "Visitor 099" not in page
    assert staff.get(f"{screen(date)}?page=9").status_code == 404


# Writing somebody in.


def test_who_calls_is_written_in_without_a_mail_address_and_a_second_click_does_nothing(staff):
    date = one_date()

    for _click in range(2):
        assert staff.post(screen(date, "add/"), told(party="2")).status_code == 302

    stored = Registration.objects.get()
    assert (stored.name, stored.party, stored.state, stored.email, stored.sender) == (NAME, 2, "confirmed", "", "staff")
    assert stored.mails.count() == 0


def test_without_a_seat_they_wait_and_overbooking_is_a_tick(staff):
    date = one_date(seats=1)
    come(date)

    staff.post(screen(date, "add/"), told())
    staff.post(screen(date, "add/"), told(nonce="n-2", overbook="on"))

    by_staff = Registration.objects.filter(sender="staff").order_by("pk")
    assert [registration.state for registration in by_staff] == ["waiting", "confirmed"]


def test_where_nobody_can_wait_staff_are_told_to_overbook(staff):
    date = one_date(seats=1, waiting_list=False)
    come(date)

    response = staff.post(screen(date, "add/"), told())

    assert response.status_code == 422
    assert "Tick “Overbook” to do it all the same." in said(response)
    assert NAME in said(response)


def test_staff_write_people_in_after_the_closing_time(staff):
    date = one_date(closes_hours=300)

    staff.post(screen(date, "add/"), told())

    assert Registration.objects.get().state == "confirmed"


@pytest.mark.parametrize("changes", [{"name": ""}, {"party": "51"}, {"email": "x"}, {"phone": "1"}, {"language": "xx"}])
def test_what_cannot_be_is_said_and_nothing_is_stored(staff, changes):
    response = staff.post(screen(one_date(), "add/"), told(**changes))

    assert response.status_code == 422
    assert "errorlist" in said(response)
    assert Registration.objects.count() == 0


# One registration.


def test_the_screen_of_a_registration_shows_answers_and_what_became_of_its_mails(staff):
    registration = come(one_date(), answers=[{"question": "Which size?", "answer": "Large"}])
    registration.mails.update(problem="550 no such mailbox here", tries=3)

    page = said(staff.get(one(registration)))

    for words in ("Which size?", "Large", "not sent: 550 no such mailbox here"):
        assert words in page


def test_staff_cancel_and_who_waits_moves_up(staff):
    date = one_date(seats=1)
    first, second = come(date), come(date)

    staff.post(one(first), {"do": "cancel"})

    assert states(first, second) == "cancelled offered"


def test_a_seat_is_given_by_staff_past_the_list_where_one_is_free_or_by_a_tick(staff):
    date = one_date(seats=1)
    come(date)
    waiting = come(date)

    refused = staff.post(one(waiting), {"do": "seat"}, follow=True)
    assert "There are not as many seats free." in said(refused)
    assert states(waiting) == "waiting"
    staff.post(one(waiting), {"do": "seat", "overbook": "on"})
    assert states(waiting) == "confirmed"


def test_somebody_is_moved_to_another_date_of_the_event_and_the_seat_is_handed_on(staff):
    create_event(title="Series", rule="FREQ=WEEKLY;COUNT=3", sign_up_by="here", seats=1)
    one_week, next_week, last = EventDate.objects.with_event()
    moving, waiting = come(one_week), come(one_week)
    come(last)

    full = staff.post(one(moving), {"do": "move", "date": last.pk}, follow=True)
    assert "There are not as many seats free." in said(full)
    staff.post(one(moving), {"do": "move", "date": next_week.pk})

    assert states(moving, waiting) == "confirmed offered"
    assert moving.date == next_week


def test_nobody_is_moved_to_another_event_or_to_a_date_that_was_cancelled(staff):
    create_event(rule="FREQ=WEEKLY;COUNT=2", sign_up_by="here", seats=5)
    first, second = EventDate.objects.with_event()
    EventDate.objects.filter(pk=second.pk).update(status=DateStatus.CANCELLED)
    registration, other = come(first), one_date()

    for target in (other.pk, second.pk, first.pk, 10**12, "x"):
        staff.post(one(registration), {"do": "move", "date": target})

    registration.refresh_from_db()
    assert registration.date == first


def test_who_asks_for_it_is_deleted_at_once_and_no_log_has_the_name(staff):
    registration = come(one_date(), name=NAME)

    staff.post(one(registration), {"do": "delete"})

    assert Registration.objects.count() == 0
    assert AuditEntry.objects.filter(action="deleted", thing_model="events.eventdate").count() == 1
    logs = [*AuditEntry.objects.values_list("thing_title", "details"), *LogEntry.objects.values_list("object_repr")]
    assert NAME not in str(logs)


# On the day.


def test_check_in_notes_who_came_counts_people_and_takes_it_back(staff, clock):
    date = one_date(seats=9)
    registration = come(date, name="Ana Lima", party=2)
    come(date, party=3)
    clock.shift(600)

    response = staff.post(screen(date, "check-in/"), {"registration": registration.pk, "do": "came", "q": "Li"})
    page = said(staff.get(screen(date, "check-in/")))

    assert response["Location"] == f"{screen(date, 'check-in/')}?q=Li#registration-{registration.pk}"
    assert "<strong>2</strong> of 5 people are here" in page
    assert "Here since 10:10 AM" in page
    registration.refresh_from_db()
    assert registration.checked_in_at == WEEK_BEFORE + timedelta(minutes=10)
    staff.post(screen(date, "check-in/"), {"registration": registration.pk, "do": "undo"})
    assert "<strong>0</strong> of 5 people are here" in said(staff.get(screen(date, "check-in/")))


@pytest.mark.parametrize("number", ["", "x", "999999999", "9" * 40])
def test_a_button_of_nobody_does_nothing(staff, number):
    response = staff.post(screen(one_date(), "check-in/"), {"registration": number, "do": "came"})

    assert response.status_code == 302


def test_the_sheet_names_those_who_are_expected_and_nobody_else(staff):
    date = one_date(seats=2)
    come(date, name="Ben Ruiz", party=2)
    come(date, name="Ana Lima")

    page = said(staff.get(screen(date, "sheet/")))

    assert "Ben Ruiz" in page
    assert "Ana Lima" not in page
    assert "People: 2. Registrations: 1." in page
    assert "Destroy this sheet within 30 days of the date." in page


def test_the_file_has_everybody_with_answers_and_no_formula_and_the_log_has_no_name(staff):
    date = one_date(seats=None)
    come(date, name="=HYPERLINK(1)", answers=[{"question": "Size?", "answer": "+1"}])
    come(date, name=NAME)

    content = staff.get(screen(date, "registrations.csv")).content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == [
        *("State", "Name", "Email address", "Phone number", "People", "Registered at", "Came at", "Size?")
    ]
    assert [row[1] for row in rows[1:]] == ["'=HYPERLINK(1)", NAME]
    assert rows[1][-1] == "'+1"
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.thing_model, entry.details) == ("events.eventdate", "Registrations: 2")


def test_the_file_is_for_those_alone_who_may_take_it_away(client):
    date = one_date()
    come(date)
    client.force_login(create_editor(permissions=["view_registration", "change_registration"]))

    page = said(client.get(screen(date)))

    assert client.get(screen(date, "registrations.csv")).status_code == 403
    assert "Take away as a file" not in page


@pytest.mark.parametrize("name", ["", "sheet/", "check-in/", "add/", "registrations.csv"])
def test_nobody_else_sees_who_comes(client, name):
    date = one_date()
    client.force_login(create_editor(permissions=["view_event", "change_event"]))

    assert client.get(screen(date, name)).status_code == 403


def test_who_may_only_look_changes_nothing(client):
    registration = come(one_date())
    client.force_login(create_editor(permissions=["view_registration"]))

    answers = [
        client.post(one(registration), {"do": "cancel"}).status_code,
        client.post(screen(registration.date, "add/"), told()).status_code,
        client.post(screen(registration.date, "check-in/"), {"registration": registration.pk}).status_code,
        client.post("/admin/events/registration/mails/").status_code,
    ]

    assert answers == [403] * 4
    assert states(registration) == "confirmed"


# The list over all dates, and mails that do not go out.


def test_somebody_who_calls_is_found_whatever_the_date(staff):
    come(one_date(), name="Ana Lima")
    come(one_date(title="First aid"), name=NAME)

    page = said(staff.get("/admin/events/registration/?q=quill"))

    assert NAME in page
    assert "First aid" in page
    assert "Ana Lima" not in page


def test_mails_that_failed_are_told_on_the_front_page_and_tried_again_at_a_press(staff, clock):
    registration = come(one_date(title="First aid"))
    registration.mails.update(problem="550 no such mailbox here", tries=3, due_at=BEGINS)

    front = said(staff.get("/admin/"))
    listed = said(staff.get("/admin/events/registration/mails/"))
    staff.post("/admin/events/registration/mails/")

    for page in (front, listed):
        assert "First aid" in page
        assert "550 no such mailbox here" in page
    mail = registration.mails.get()
    assert (mail.tries, mail.due_at) == (0, WEEK_BEFORE)


def test_as_long_as_mails_go_out_the_front_page_says_nothing(staff):
    registration = come(one_date())
    registration.mails.update(problem="busy", tries=1)

    assert "were not sent" not in said(staff.get("/admin/"))


def test_mails_that_wait_for_a_worker_that_does_not_run_are_told_too(staff, clock):
    come(one_date())
    clock.move_to(WEEK_BEFORE + timedelta(hours=2))

    assert "were not sent" in said(staff.get("/admin/"))

"""The charge nurse's screen: what visitors see now, and what she says."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from ertimes.models import EmergencyDepartment, Source, WaitTimeReading
from ertimes.readings import record_reading
from ertimes.waits import current_waits
from publishing.dashboard import panels_for
from publishing.history import revisions_of
from publishing.models import AuditEntry
from tests.factories import create_department, create_editor, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 12:00 PM in Norwich
CHOICE = "/admin/ertimes/emergencydepartment/set-wait/"
RIGHTS = [
    *("view_emergencydepartment", "change_emergencydepartment", "view_waittimereading", "add_waittimereading"),
    "change_waittimereading",
]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def department():
    return create_department(name="Backus Emergency", plain_minutes=15, shown_minutes=60)


@pytest.fixture
def nurse():
    return create_editor(permissions=RIGHTS, first_name="Anna", last_name="Lee")


@pytest.fixture
def desk(client, nurse):
    client.force_login(nurse)
    return client


def address(department):
    return f"{CHOICE}{department.pk}/"


def hidden(response):
    """Return the hidden fields of the page, by name; the same name has the same value in all forms."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode()))


def press(client, department, deed, *, page=None, **fields):
    """Press a button of the screen as it was opened, or as `page` shows it. Return the response."""
    page = page or client.get(address(department))
    known = {name: value for name, value in hidden(page).items() if name in ("seen", "seen_status", "sure")}
    return client.post(address(department), {"valid_for": "30", **known, "deed": deed, **fields})


def text(response):
    main = response.content.decode().partition('id="content-main"')[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def said(client, department):
    """Return what the screen says after a deed, in its first line."""
    page = client.get(address(department)).content.decode()
    return re.findall(r'<li class="(?:success|warning|error)">\s*(.*?)\s*</li>', page)


def shown():
    [wait] = current_waits()
    return (wait.minutes, wait.expires_at)


def log():
    return list(AuditEntry.objects.filter(thing_model="ertimes.emergencydepartment").values_list("action", "details"))


# To say a wait.


def test_a_wait_is_said_with_two_taps(desk, department, nurse):
    create_reading(department=department, minutes=50, source=Source.FEED, observed_at=NOON - timedelta(minutes=1))

    response = press(desk, department, "wait", quick="45")

    assert (response.status_code, response["Location"]) == (302, address(department))
    assert shown() == (45, NOON + timedelta(minutes=30))
    reading = WaitTimeReading.objects.get(source=Source.STAFF)
    assert (reading.entered_by, reading.observed_at, reading.valid_for) == (nurse, NOON, timedelta(minutes=30))
    assert log() == [("wait set", "45 min, for 30 min")]
    assert said(desk, department) == ["Visitors see 45 minutes now, until 12:30 PM."]


def test_what_is_said_counts_before_the_feed_until_its_time_is_over(desk, department, clock):
    press(desk, department, "wait", quick="45", valid_for="15")
    record_reading(department=department, observed_at=NOON, door_to_provider=timedelta(minutes=12), source=Source.FEED)

    assert shown()[0] == 45
    clock.move_to(NOON + timedelta(minutes=15))
    assert shown()[0] == 12


def test_a_typed_number_counts_before_a_tapped_one(desk, department):
    press(desk, department, "wait", quick="45", number=" 37 ", note="Two ambulances at once")

    assert shown()[0] == 37
    assert "Note for colleagues: Two ambulances at once" in text(desk.get(address(department)))
    assert "Two ambulances" not in str(log())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a number first, or type one."),
        ({"number": "abc"}, "Give the minutes as a whole number, such as 45."),
        ({"number": "-5"}, "Give the minutes as a whole number, such as 45."),
        ({"number": "4.5"}, "Give the minutes as a whole number, such as 45."),
        ({"number": "1441"}, "A wait lies between 0 minutes and 24 hours."),
        ({"number": "\x00"}, "Null characters are not allowed."),
        ({"number": "٤٥"}, "Give the minutes as a whole number, such as 45."),
        ({"quick": "7"}, "Select a valid choice."),
        ({"quick": "45", "valid_for": "600"}, "Select a valid choice."),
        ({"quick": "45", "valid_for": ""}, "This field is required."),
        ({"quick": "45", "note": "x" * 251}, "Ensure this value has at most 250 characters"),
    ],
)
def test_a_wrong_entry_is_told_in_words_and_kept(desk, department, fields, sentence):
    response = press(desk, department, "wait", **fields)

    assert response.status_code == 200
    assert sentence in text(response)
    assert WaitTimeReading.objects.count() == 0


def test_a_wait_is_offered_no_longer_than_the_department_shows_one(desk):
    department = create_department(shown_minutes=45)

    page = desk.get(address(department)).content.decode()

    assert re.findall(r'name="valid_for" value="(\d+)"', page) == ["15", "30", "45"]
    assert re.findall(r'name="valid_for" value="(\d+)"[^>]* checked', page) == ["30"]


# Slips.


@pytest.mark.parametrize(
    ("last", "typed", "sentence"),
    [
        pytest.param(25, "250", "That is far from the last wait, 25 minutes.", id="a-digit-too-many"),
        pytest.param(200, "2", "That is far from the last wait, 3 hours 20 minutes.", id="digits-too-few"),
        pytest.param(None, "241", "That is longer than 4 hours.", id="very-long"),
    ],
)
def test_a_slip_is_asked_about_and_can_be_meant(desk, department, last, typed, sentence):
    if last is not None:
        create_reading(department=department, minutes=last, source=Source.FEED)

    question = press(desk, department, "wait", number=typed)

    assert question.status_code == 200
    assert sentence in text(question)
    assert not WaitTimeReading.objects.filter(source=Source.STAFF).exists()
    press(desk, department, "wait", page=question, number=typed)
    assert shown()[0] == int(typed)


def test_another_number_after_the_question_is_asked_about_again(desk, department):
    question = press(desk, department, "wait", number="250")

    again = press(desk, department, "wait", page=question, number="1000")

    assert "You are about to show 16 hours 40 minutes." in text(again)
    assert not WaitTimeReading.objects.exists()


@pytest.mark.parametrize("typed", ["25", "240", "0"])
def test_what_is_likely_is_not_asked_about(desk, department, typed):
    create_reading(department=department, minutes=100, source=Source.FEED)

    press(desk, department, "wait", number=typed)

    assert shown()[0] == int(typed)


# No number, and back to the feed.


def test_no_number_is_shown_for_a_time(desk, department):
    create_reading(department=department, minutes=50, source=Source.FEED)

    press(desk, department, "no_number", valid_for="15")

    assert shown()[0] is None
    assert log() == [("wait set", "No number, for 15 min")]
    page = text(desk.get(address(department)))
    assert "No number until 12:15 PM at the latest Said by Anna Lee at 12:00 PM." in page


def test_back_to_the_feed_takes_back_all_that_staff_have_said(desk, department, clock, nurse):
    press(desk, department, "wait", quick="45", valid_for="60")
    clock.shift(timedelta(minutes=1))
    press(desk, department, "no_number")
    create_reading(department=department, minutes=50, source=Source.FEED)

    press(desk, department, "feed")

    assert shown()[0] == 50
    taken = WaitTimeReading.objects.filter(source=Source.STAFF).values_list("state", "decided_by")
    assert list(taken) == [("withdrawn", nurse.pk)] * 2
    assert "Back to the feed" not in text(desk.get(address(department)))


# Two at once.


@pytest.fixture
def other(client):
    second = Client()
    second.force_login(create_editor(permissions=RIGHTS, first_name="Ben", last_name="Ortiz"))
    return second


@pytest.mark.parametrize("deed", ["wait", "no_number", "feed"])
def test_the_later_of_two_is_told_what_was_set_a_moment_ago(desk, other, department, clock, deed):
    opened = desk.get(address(department))
    clock.shift(timedelta(minutes=1))
    press(other, department, "wait", quick="60")
    clock.shift(timedelta(minutes=1))

    question = press(desk, department, deed, page=opened, quick="45")

    assert question.status_code == 200
    assert "Ben Ortiz has changed the wait since you opened this page, at 12:01 PM." in text(question)
    assert shown()[0] == 60
    press(desk, department, deed, page=question, quick="45")
    assert shown()[0] == (45 if deed == "wait" else None)
    assert WaitTimeReading.objects.count() == (1 if deed == "feed" else 2)


def test_a_wait_that_was_taken_back_meanwhile_is_told_too(desk, other, department, clock):
    press(desk, department, "wait", quick="45")
    opened = desk.get(address(department))
    clock.shift(timedelta(minutes=1))
    press(other, department, "feed")

    question = press(desk, department, "wait", page=opened, quick="30")

    assert "Ben Ortiz has changed the wait since you opened this page, at 12:01 PM." in text(question)


def test_the_second_tap_of_one_thumb_is_the_first(desk, department, clock):
    opened = desk.get(address(department))
    press(desk, department, "wait", page=opened, quick="45")
    clock.shift(timedelta(seconds=1))

    response = press(desk, department, "wait", page=opened, quick="45")

    assert response.status_code == 302
    assert WaitTimeReading.objects.count() == 1


def test_a_reading_of_the_feed_asks_nobody(desk, department):
    opened = desk.get(address(department))
    create_reading(department=department, minutes=50, source=Source.FEED)

    response = press(desk, department, "wait", page=opened, quick="45")

    assert response.status_code == 302


# Status.


def test_a_status_is_seen_at_once_and_kept_in_the_history(desk, department, client):
    create_reading(department=department, minutes=50)

    response = press(desk, department, "status", status="closed", text="Water damage", until="2026-03-02T14:30")

    assert response.status_code == 302
    stored = EmergencyDepartment.objects.get()
    until = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
    assert (stored.status, stored.status_text, stored.status_until) == ("closed", "Water damage", until)
    assert shown()[0] is None
    deeds = [version.revision.note.deed for version in revisions_of(EmergencyDepartment, department.pk)]
    assert deeds == ["saved", "found"]
    assert log() == [("status set", "Temporarily closed (Water damage), until 2026-03-02 14:30 EST")]
    assert said(desk, department) == ["Visitors see it at once: Temporarily closed."]


def test_open_as_usual_needs_no_words(desk):
    department = create_department(status="limited", status_text="No X-ray")

    press(desk, department, "status", status="normal", text="No X-ray", until="2026-03-02T14:30")

    stored = EmergencyDepartment.objects.get()
    assert (stored.status, stored.status_text, stored.status_until) == ("normal", "", None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "on fire"}, "Select a valid choice."),
        ({}, "This field is required."),
        ({"status": "closed", "until": "2026-03-02T11:59"}, "This time is past. Choose a later one, or none."),
        ({"status": "closed", "until": "tomorrow"}, "Enter a valid date/time."),
        ({"status": "closed", "text": "x" * 251}, "Ensure this value has at most 250 characters"),
    ],
)
def test_a_wrong_status_is_told_in_words(desk, department, fields, sentence):
    response = press(desk, department, "status", **fields)

    assert response.status_code == 200
    assert sentence in text(response)
    assert EmergencyDepartment.objects.get().status == "normal"


def test_the_later_of_two_who_set_a_status_is_asked(desk, other, department):
    opened = desk.get(address(department))
    press(other, department, "status", status="closed")

    question = press(desk, department, "status", page=opened, status="limited")

    assert "Ben Ortiz has changed the department since you opened this page" in text(question)
    assert "Now it is: Temporarily closed." in text(question)
    assert EmergencyDepartment.objects.get().status == "closed"
    press(desk, department, "status", page=question, status="limited")
    assert EmergencyDepartment.objects.get().status == "limited"


# What is held.


@pytest.fixture
def held(department):
    for minute, wait in ((-10, 12), (-5, 985), (-1, 990)):
        record_reading(
            department=department,
            observed_at=NOON + timedelta(minutes=minute),
            door_to_provider=timedelta(minutes=wait),
            source=Source.FEED,
        )
    return department.readings.get(door_to_provider=timedelta(minutes=990))


def test_what_is_held_is_told_with_its_reason(desk, department, held):
    page = text(desk.get(address(department)))

    assert "Held: 990 min The wait jumped. 990 minutes, after 12 minutes at 11:50 AM." in page
    assert "The feed has sent 2 such readings since 11:55 AM. Visitors do not see them." in page


@pytest.mark.parametrize(("deed", "state", "minutes"), [("confirm", "shown", 990), ("withdraw", "withdrawn", 12)])
def test_what_is_held_is_decided_by_one_button(desk, department, held, nurse, deed, state, minutes):
    press(desk, department, deed, reading=held.pk)

    held.refresh_from_db()
    assert (held.state, held.decided_by, held.decided_at) == (state, nurse, NOON)
    assert shown()[0] == minutes
    assert log() == [("wait set", f"Held reading {'confirmed' if deed == 'confirm' else 'withdrawn'}: 990 min")]
    assert "Held:" not in text(desk.get(address(department)))


@pytest.mark.parametrize("reading", ["", "0", "-1", "abc", "9" * 40, "²"])
def test_a_decision_about_nothing_is_told(desk, department, reading):
    press(desk, department, "confirm", reading=reading)

    assert said(desk, department) == [
        "It is not held any more: the feed has taken it back, or somebody else has decided."
    ]


def test_a_held_reading_of_another_department_is_not_decided_here(desk, held):
    elsewhere = create_department()

    press(desk, elsewhere, "confirm", reading=held.pk)

    held.refresh_from_db()
    assert held.state == "held"


# Who, and which department.


@pytest.mark.parametrize(
    ("permissions", "deeds"),
    [
        (["add_waittimereading"], {"wait", "no_number", "feed"}),
        (["change_emergencydepartment"], {"status"}),
        (["change_waittimereading"], {"confirm", "withdraw"}),
    ],
)
def test_each_right_opens_its_part_alone(client, department, held, permissions, deeds):
    client.force_login(create_editor(permissions=permissions))

    page = client.get(address(department))
    refused = {
        deed
        for deed in ("wait", "no_number", "feed", "status", "confirm", "withdraw")
        if client.post(address(department), {"deed": deed}).status_code == 403
    }

    assert page.status_code == 200
    assert refused == {"wait", "no_number", "feed", "status", "confirm", "withdraw"} - deeds


def test_others_find_neither_the_screen_nor_a_link_to_it(client, department):
    client.force_login(create_editor(permissions=["view_emergencydepartment"]))

    assert [client.get(each).status_code for each in (CHOICE, address(department))] == [403, 403]
    assert client.post(address(department), {"deed": "wait"}).status_code == 403
    for page in ("/admin/", "/admin/ertimes/emergencydepartment/"):
        assert "set-wait" not in client.get(page).content.decode(), page


def test_a_visitor_is_led_to_the_login(client, department):
    assert client.get(address(department)).status_code == 302
    assert client.post(address(department), {"deed": "wait", "quick": "45"}).status_code == 302
    assert not WaitTimeReading.objects.exists()


def test_one_department_is_opened_at_once_and_of_several_one_is_chosen(desk, department):
    assert desk.get(CHOICE)["Location"] == address(department)

    second = create_department(name="Plainfield")
    create_department(name="Not yet", published_at=None)
    page = desk.get(CHOICE)

    assert re.findall(r'href="([^"]*set-wait/\d+/)"', page.content.decode()) == [address(department), address(second)]
    assert "Not yet" not in text(page)


def test_without_a_department_the_screen_says_so(desk):
    assert "There is no emergency department that visitors see." in text(desk.get(CHOICE))
    assert desk.get(f"{CHOICE}1/").status_code == 404


def test_a_press_that_nobody_knows_changes_nothing(desk, department):
    press(desk, department, "explode")

    assert said(desk, department) == ["Nothing was changed: this page has sent nothing that can be done."]


def test_the_screen_is_linked_from_the_front_page_and_the_list(desk, department, nurse):
    create_reading(department=department, minutes=25)

    [panel, *_others] = panels_for(nurse)

    assert (panel.title, [(row.title, row.address, row.detail, row.button) for row in panel.rows]) == (
        "ER waits now",
        [
            (
                "Backus Emergency",
                address(department),
                "Visitors see 25 min, until 1:00 PM at the latest.",
                "Set the wait",
            )
        ],
    )
    assert address(department) in desk.get("/admin/").content.decode()
    assert CHOICE in desk.get("/admin/ertimes/emergencydepartment/").content.decode()


def test_the_front_page_tells_of_what_is_held(nurse, department, held):
    [panel] = [panel for panel in panels_for(nurse) if panel.title == "ER waits that need you"]

    [row] = panel.rows
    assert (row.title, row.address, row.urgent) == ("Backus Emergency", address(department), True)
    assert row.detail == ("The wait jumped, Mon, Mar 2, 12:00 PM EST. 985 minutes, after 12 minutes at 11:50 AM.")


def test_a_feeds_words_and_a_nurses_are_shown_as_text(desk, department):
    press(desk, department, "wait", quick="45", note="<script>alert(1)</script>")

    assert "<script>alert(1)" not in desk.get(address(department)).content.decode()

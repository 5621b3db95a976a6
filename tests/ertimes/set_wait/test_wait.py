"""The charge nurse says a wait, or that there is no number, on the screen."""

import re
from datetime import timedelta

import pytest

from ertimes.models import Source, WaitTimeReading
from ertimes.readings import record_reading
from tests.ertimes.set_wait.screen import NOON, address, log, press, said, shown, text
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db


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

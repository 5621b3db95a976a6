"""Whoever looks, wherever, at whatever instant: no number is older than it may be."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from ertimes.models import EmergencyDepartment
from pages.models import Block
from tests.factories import create_block, create_department, create_page, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 12:00 PM in Norwich
T1, T2 = timedelta(minutes=15), timedelta(minutes=60)
INSTANT = timedelta(microseconds=1)
PAST = '<section class="section wait-history">'  # from here on a department's page tells what has been
HTMX = {"hx-request": "true"}
PLACES = {
    "board": ("/er/", {}),
    "board in Spanish": ("/es/er/", {}),
    "list": ("/er/", HTMX),
    "department": ("/er/backus/", {}),
    "its wait": ("/er/backus/", HTMX),
    "on my way": ("/er/backus/on-my-way/", {}),
    "widget": ("/er/backus/widget/", {}),
    "wait in the widget": ("/er/backus/widget/", HTMX),
    "open data": ("/er/wait-times.json", {}),
    "about open data": ("/er/open-data/", {}),
    "home": ("/", {}),
    "standing page": ("/waits/", {}),
}
WORDS = set(PLACES) - {"open data", "about open data"}  # what is written for people


@pytest.fixture
def department():
    for path in ("", "waits"):
        page = create_page(path=path)
        create_block(page=page, kind=Block.Kind.SECTION, section=Block.Section.ER_WAITS, heading="Waits")
    return create_department(slug="backus", plain_minutes=15, shown_minutes=60)


def look_everywhere(client, at):
    """Return for each place (its text, for how many seconds a cache may keep it) as it is at the instant `at`."""
    seen = {}
    with time_machine.travel(at, tick=False):
        for place, (address, headers) in PLACES.items():
            response = client.get(address, headers=headers)
            assert response.status_code == 200, place
            text = response.content.decode().partition(PAST)[0]
            seen[place] = (text, int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1]))
    return seen


def shows(text, minutes):
    """Return whether `text` tells a wait of `minutes`; as a part of a file's name it is none."""
    return re.search(rf"(?<![\w.:-]){minutes}(?![\w.:])", text) is not None


def places_with(seen, minutes):
    return {place for place, (text, _) in seen.items() if shows(text, minutes)}


def places_saying(seen, words):
    return {place for place in WORDS if words in re.sub(r"<template>.*?</template>", "", seen[place][0], flags=re.S)}


EVERYWHERE = set(PLACES)
SAYS = '<span data-plain-until="2026-03-02T12:15:00-05:00" data-then="Last reported">Reported</span>'


@pytest.mark.parametrize(
    ("age", "plainly", "at_all", "kept"),
    [
        pytest.param(timedelta(0), True, True, 60, id="just-measured"),
        pytest.param(T1 - timedelta(seconds=1.5), True, True, 1, id="seconds-before-t1"),
        pytest.param(T1 - INSTANT, True, True, 0, id="a-moment-before-t1"),
        pytest.param(T1, False, True, 60, id="exactly-t1"),
        pytest.param(T2 - timedelta(seconds=30), False, True, 30, id="seconds-before-t2"),
        pytest.param(T2 - INSTANT, False, True, 0, id="a-moment-before-t2"),
        pytest.param(T2, False, False, 60, id="exactly-t2"),
        pytest.param(T2 + INSTANT, False, False, 60, id="a-moment-after-t2"),
        pytest.param(timedelta(days=400), False, False, 60, id="a-year-old"),
    ],
)
def test_a_wait_grows_old_everywhere_at_the_same_instant(client, department, age, plainly, at_all, kept):
    create_reading(department=department, observed_at=NOON, minutes=173)

    seen = look_everywhere(client, NOON + age)

    assert places_with(seen, 173) == (EVERYWHERE if at_all else set())
    assert places_saying(seen, SAYS) == (WORDS if plainly else set())
    assert places_saying(seen, "Last reported <time") == (WORDS if at_all and not plainly else set())
    assert places_saying(seen, "Wait time not available right now</strong>") == (set() if at_all else WORDS)
    assert {seconds for _, seconds in seen.values()} == {kept}


@pytest.mark.parametrize(
    ("age", "minutes", "kept"),
    [
        pytest.param(timedelta(minutes=20) - INSTANT, 173, 0, id="a-moment-before-its-end"),
        pytest.param(timedelta(minutes=20), 241, 60, id="exactly-its-end"),
        pytest.param(T2 - INSTANT, 241, 0, id="a-moment-before-the-feed's-end"),
        pytest.param(T2, None, 60, id="the-feed's-end"),
    ],
)
def test_staffs_word_gives_way_to_the_feed_everywhere_when_its_time_is_over(client, department, age, minutes, kept):
    create_reading(department=department, observed_at=NOON, minutes=241, source="feed")
    create_reading(department=department, observed_at=NOON, minutes=173, valid_for=timedelta(minutes=20))

    seen = look_everywhere(client, NOON + age)

    for shown in (173, 241):
        assert places_with(seen, shown) == (EVERYWHERE if shown == minutes else set())
    assert {seconds for _, seconds in seen.values()} == {kept}


@pytest.mark.parametrize(
    ("left", "closed", "kept"),
    [
        pytest.param(timedelta(seconds=40), True, 40, id="before"),
        pytest.param(INSTANT, True, 0, id="a-moment-before"),
        pytest.param(timedelta(0), False, 60, id="exactly-its-end"),
    ],
)
def test_a_department_opens_again_everywhere_at_the_same_instant(client, department, left, closed, kept):
    EmergencyDepartment.objects.update(
        status="closed", status_text="Water damage.", status_until=NOON + timedelta(minutes=5)
    )
    create_reading(department=department, observed_at=NOON, minutes=173)

    seen = look_everywhere(client, NOON + timedelta(minutes=5) - left)

    assert places_with(seen, 173) == (set() if closed else EVERYWHERE)
    assert places_saying(seen, "Water damage.") == (WORDS if closed else set())
    assert places_saying(seen, "12:05 PM</time>") == (WORDS - {"board in Spanish"} if closed else set())
    assert {seconds for _, seconds in seen.values()} == {kept}


READING = st.fixed_dictionaries(
    {
        "age": st.timedeltas(min_value=timedelta(0), max_value=timedelta(minutes=90)),
        "valid_for": st.none() | st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(minutes=90)),
        "source": st.sampled_from(["feed", "staff"]),
    }
)
QUICK = ("list", "wait in the widget", "open data")  # the others are these with more around them


@settings(max_examples=12)
@given(readings=st.lists(READING, min_size=1, max_size=4, unique_by=lambda reading: reading["age"]))
def test_no_cache_can_show_a_number_that_is_over(client, readings):
    EmergencyDepartment.objects.all().delete()
    department = create_department(slug="backus", plain_minutes=15, shown_minutes=60)
    over_at = {}
    for minutes, reading in enumerate(readings, start=301):
        age = reading.pop("age")
        create_reading(department=department, observed_at=NOON - age, minutes=minutes, **reading)
        over_at[minutes] = NOON - age + min(reading["valid_for"] or T2, T2)

    with time_machine.travel(NOON, tick=False):
        for address, headers in (PLACES[place] for place in QUICK):
            response = client.get(address, headers=headers)
            kept = timedelta(seconds=int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1]))
            shown = [minutes for minutes in over_at if shows(response.content.decode(), minutes)]
            assert len(shown) <= 1
            assert [minutes for minutes in shown if over_at[minutes] <= NOON or over_at[minutes] < NOON + kept] == []
            assert bool(shown) == any(over > NOON for over in over_at.values())

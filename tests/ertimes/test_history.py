"""What the page of a department tells of the past."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ertimes.history import Accuracy, History
from ertimes.models import HourlyAccuracy, HourlyWait, ReadingState, Source
from tests.factories import create_contact, create_department, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # a Monday, 12:00 PM in Norwich
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def create_hour(*, department, hour, minutes=30, **fields):
    wait = minutes * MINUTE
    facts = {"readings": 12, "total": 12 * wait, "shortest": wait, "longest": wait, **fields}
    return HourlyWait.objects.create(department=department, hour=hour, **facts)


def create_accuracy(*, department, hour=NOON - HOUR, near=0, sooner=0, later=0, **fields):
    return HourlyAccuracy.objects.create(
        department=department, hour=hour, near=near, sooner=sooner, later=later, **fields
    )


def past(client, department):
    """Return the words of the part of the page that tells of the past."""
    section = client.get(department.get_absolute_url()).content.decode().partition("wait-history")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", section.partition("</section>")[0]).split())


def waits_shown(department, at=NOON):
    """Return {hour of the clock: (readings, average)} of the last day, of hours with a reading."""
    day = History(department, at).last_day
    return {} if day is None else {row.starts_at.hour: (row.readings, row.average) for row in day.hours if row.readings}


def test_the_page_asks_three_queries_of_the_past_however_long_it_is(client, django_assert_num_queries):
    department = create_department(contact=create_contact(number="860-889-8331"))
    for week in range(1, 9):
        create_hour(department=department, hour=NOON - week * 7 * DAY)
    for minutes in range(0, 600, 20):
        create_reading(department=department, observed_at=NOON - minutes * MINUTE)
    create_accuracy(department=department, near=30)

    with django_assert_num_queries(3 + 3 + 3):  # the frame; the department, its contact and numbers; the past
        response = client.get(department.get_absolute_url())

    assert response.content.decode().count('<svg class="wait-chart__picture"') == 2


def test_a_department_without_any_past_says_so(client):
    text = past(client, create_department())

    assert "No wait was shown in the last 24 hours." in text
    assert "Too little is known yet to tell a usual wait." in text
    assert "This department’s feed does not tell when patients were seen, so we cannot say." in text


def test_what_is_held_or_withdrawn_is_not_drawn():
    department = create_department()
    create_reading(department=department, observed_at=NOON - HOUR, minutes=20)
    create_reading(department=department, observed_at=NOON - 2 * HOUR, minutes=990, state=ReadingState.HELD)
    create_reading(department=department, observed_at=NOON - 3 * HOUR, minutes=990, state=ReadingState.WITHDRAWN)

    assert waits_shown(department) == {11: (1, 20)}


def test_staffs_word_is_drawn_before_the_feeds():
    department = create_department()
    create_reading(department=department, observed_at=NOON - 70 * MINUTE, minutes=20, source=Source.FEED)
    create_reading(
        department=department,
        observed_at=NOON - 60 * MINUTE,
        minutes=50,
        source=Source.STAFF,
        valid_for=30 * MINUTE,
    )
    create_reading(department=department, observed_at=NOON - 50 * MINUTE, minutes=22, source=Source.FEED)

    # The feed's 22 came while staff's word stood, and is shown from when that is over.
    assert waits_shown(department) == {10: (1, 20), 11: (2, 36)}


def test_a_word_of_staff_from_before_the_day_still_keeps_the_feed_away():
    department = create_department(shown_minutes=240)
    begin = NOON - DAY
    create_reading(department=department, observed_at=begin - 3 * HOUR, minutes=50, source=Source.STAFF)
    create_reading(department=department, observed_at=begin + 30 * MINUTE, minutes=20, source=Source.FEED)

    day = History(department, NOON).last_day

    assert [row.starts_at.hour for row in day.hours if row.readings] == [13]  # one hour in, when it is over


def test_another_departments_past_is_not_told():
    department = create_department()
    create_reading(observed_at=NOON)
    create_accuracy(department=create_department(), near=30)
    for week in (1, 2, 3):
        create_hour(department=create_department(), hour=NOON - week * 7 * DAY)

    history = History(department, NOON)

    assert (history.last_day, history.usual, history.accuracy) == (None, None, None)


def test_the_weekday_is_the_hospitals():
    department = create_department()
    sunday_evening = datetime(2026, 3, 2, 2, tzinfo=UTC)  # Monday in UTC, Sunday 9 PM in Norwich
    for week in (1, 2, 3):
        create_hour(department=department, hour=sunday_evening - week * 7 * DAY, minutes=40)
        create_hour(department=department, hour=NOON - week * 7 * DAY, minutes=30)

    on_sunday = History(department, sunday_evening).usual
    on_monday = History(department, NOON).usual

    assert [(hour.starts_at.hour, hour.minutes) for hour in on_sunday.hours if hour.usual] == [(21, [40, 40, 40])]
    assert [(hour.starts_at.hour, hour.minutes) for hour in on_monday.hours if hour.usual] == [(12, [30, 30, 30])]


def test_eight_weeks_before_today_are_looked_at_and_today_is_not():
    department = create_department()
    for week in range(11):
        create_hour(department=department, hour=NOON - week * 7 * DAY)

    usual = History(department, NOON).usual

    assert (usual.hours[12].weeks, usual.readings) == (8, 96)


def test_the_same_hour_of_the_clock_is_compared_across_the_change_of_the_clocks():
    department = create_department()
    at = datetime(2027, 3, 22, 16, tzinfo=UTC)  # a Monday, 12 PM in summer time
    create_hour(department=department, hour=datetime(2027, 3, 15, 16, tzinfo=UTC))
    for day in (1, 8):
        create_hour(department=department, hour=datetime(2027, 3, day, 17, tzinfo=UTC))

    usual = History(department, at).usual

    assert [hour.weeks for hour in usual.hours if hour.weeks] == [3]
    assert usual.hours[12].minutes == [30, 30, 30]


def test_made_up_rows_are_left_out_where_the_demonstration_is_off(settings):
    department = create_department()
    create_reading(department=department, observed_at=NOON, demonstration=True)
    create_accuracy(department=department, near=30, demonstration=True)
    for week in (1, 2, 3):
        create_hour(department=department, hour=NOON - week * 7 * DAY, demonstration=True)
    assert History(department, NOON).usual is not None

    settings.DEMONSTRATION = False

    history = History(department, NOON)
    assert (history.last_day, history.usual, history.accuracy) == (None, None, None)


def test_accuracy_is_that_of_the_last_four_weeks():
    department = create_department()
    create_accuracy(department=department, hour=NOON - HOUR, near=10, sooner=2, later=3)
    create_accuracy(department=department, hour=NOON - 27 * DAY, near=5, later=1)
    create_accuracy(department=department, hour=NOON - 28 * DAY, near=500)

    assert History(department, NOON).accuracy == Accuracy(near=15, sooner=2, later=4)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        pytest.param(
            {"near": 1500, "sooner": 300, "later": 200},
            "In the last 4 weeks, 1,500 of 2,000 patients (75 percent) were seen within 15 minutes of the wait that "
            "was posted when they arrived; 300 were seen sooner, and 200 later.",
            id="in-numbers",
        ),
        pytest.param(
            {"near": 10, "later": 9},
            "Too few patients have been compared in the last 4 weeks to say.",
            id="too-few",
        ),
    ],
)
def test_how_accurate_waits_have_been_is_one_sentence(client, counts, words):
    department = create_department()
    create_accuracy(department=department, **counts)

    assert past(client, department).endswith(f"How accurate posted waits have been {words}")


def test_the_share_is_never_rounded_up():
    assert Accuracy(near=199, sooner=0, later=1).near_percent == 99


def test_the_table_says_of_every_hour_whether_there_was_a_reading(client):
    department = create_department()
    create_reading(department=department, observed_at=NOON - 90 * MINUTE, minutes=25)

    text = past(client, department)

    assert "9 AM no reading 10 AM 1 25 25 25 11 AM no reading" in text
    assert text.count("no reading") == 23
    assert "Sunday, March 1" in text


def test_the_table_names_the_zones_of_the_hour_that_comes_twice(client):
    department = create_department()
    noon = datetime(2027, 11, 7, 17, tzinfo=UTC)
    for minutes, wait in ((690, 20), (630, 30)):  # 1:30 AM, and an hour later 1:30 AM again
        create_reading(department=department, observed_at=noon - minutes * MINUTE, minutes=wait)

    with time_machine.travel(noon, tick=False):
        text = past(client, department)

    assert "1 AM EDT 1 20 20 20 1 AM EST 1 30 30 30 2 AM EST no reading" in text


def test_the_pictures_have_names_and_no_style_of_their_own(client):
    department = create_department()
    create_reading(department=department, observed_at=NOON)
    for week in (1, 2, 3):
        create_hour(department=department, hour=NOON - week * 7 * DAY)

    section = client.get(department.get_absolute_url()).content.decode().partition("wait-history")[2]

    named = re.findall(r'role="img" aria-labelledby="([\w-]+)" aria-describedby="([\w-]+)"', section)
    assert [section.count(f'id="{name}"') for pair in named for name in pair] == [1, 1, 1, 1]
    assert re.findall(r"style=|<style|<script", section.partition("</section>")[0]) == []


def test_the_past_is_drawn_once_a_minute(client, settings, django_assert_num_queries):
    settings.HISTORY_KEPT_FOR = timedelta(minutes=1)
    department = create_department()
    first = past(client, department)
    create_reading(department=department, observed_at=NOON)

    with django_assert_num_queries(3 + 1):  # the frame and the department, which has no contact
        assert past(client, department) == first

    with time_machine.travel(NOON + MINUTE, tick=False):
        assert past(client, department) != first


def test_how_long_the_page_may_be_kept_hangs_on_the_wait_alone(client):
    department = create_department(plain_minutes=15)
    create_reading(department=department, observed_at=NOON - 14 * MINUTE - timedelta(seconds=35))

    response = client.get(department.get_absolute_url())

    assert "max-age=25" in response["Cache-Control"]

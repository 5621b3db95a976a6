"""What may be shown of a wait, and until when."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from ertimes.caching import kept_no_longer_than
from ertimes.models import EmergencyDepartment, ReadingState, Source, WaitTimeReading
from ertimes.waits import Freshness, current_waits, last_told_at, wait_of
from publishing.instant import at_instant
from tests.factories import create_contact, create_department, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
T1, T2 = timedelta(minutes=15), timedelta(minutes=60)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("age", "freshness", "minutes"),
    [
        pytest.param(timedelta(0), Freshness.FRESH, 25, id="just-measured"),
        pytest.param(T1 - INSTANT, Freshness.FRESH, 25, id="a-moment-before-t1"),
        pytest.param(T1, Freshness.LAST_REPORTED, 25, id="exactly-t1"),
        pytest.param(T2 - INSTANT, Freshness.LAST_REPORTED, 25, id="a-moment-before-t2"),
        pytest.param(T2, Freshness.UNAVAILABLE, None, id="exactly-t2"),
        pytest.param(timedelta(days=3), Freshness.UNAVAILABLE, None, id="days-old"),
        pytest.param(-INSTANT, Freshness.UNAVAILABLE, None, id="from-a-fast-clock"),
    ],
)
def test_a_wait_is_shown_plainly_then_with_its_time_then_not_at_all(age, freshness, minutes):
    department = create_department(plain_minutes=15, shown_minutes=60)
    create_reading(department=department, observed_at=NOON - age, minutes=25)

    [wait] = current_waits(at=NOON)

    assert (wait.freshness, wait.minutes, wait.available) == (freshness, minutes, minutes is not None)
    assert (wait.observed_at, wait.expires_at) == ((None, None) if minutes is None else (NOON - age, NOON - age + T2))


def test_a_department_without_readings_has_no_wait():
    create_department()

    [wait] = current_waits(at=NOON)

    assert (wait.freshness, wait.minutes, wait.observed_at, wait.expires_at, wait.changes_at) == (
        Freshness.UNAVAILABLE,
        None,
        None,
        None,
        None,
    )


def test_a_closed_department_shows_no_wait_however_fresh():
    department = create_department(status=EmergencyDepartment.Status.CLOSED)
    create_reading(department=department, observed_at=NOON)

    [wait] = current_waits(at=NOON)

    assert wait.freshness == Freshness.UNAVAILABLE


@pytest.mark.parametrize("status", [s for s in EmergencyDepartment.Status if s != EmergencyDepartment.Status.CLOSED])
def test_a_department_that_takes_patients_shows_its_wait(status):
    create_reading(department=create_department(status=status), observed_at=NOON)

    [wait] = current_waits(at=NOON)

    assert wait.minutes == 25


def test_a_wait_of_nothing_is_a_wait():
    create_reading(observed_at=NOON, minutes=0)

    [wait] = current_waits(at=NOON)

    assert (wait.available, wait.minutes) == (True, 0)


def test_seconds_are_never_rounded_up_to_a_minute():
    department = create_department()
    WaitTimeReading.objects.create(
        department=department, observed_at=NOON, door_to_provider=timedelta(minutes=24, seconds=59)
    )

    [wait] = current_waits(at=NOON)

    assert wait.minutes == 24


@given(minutes_ago=st.lists(st.integers(-30, 90), min_size=1, max_size=6, unique=True), seed=st.integers(0, 10**6))
def test_the_newest_measured_wins_in_whatever_order_readings_come(minutes_ago, seed):
    EmergencyDepartment.objects.all().delete()
    department = create_department()
    order = list(minutes_ago)
    random.Random(seed).shuffle(order)
    for age in order:
        create_reading(department=department, observed_at=NOON - timedelta(minutes=age), minutes=100 + age)

    [wait] = current_waits(at=NOON)

    newest = min((age for age in minutes_ago if age >= 0), default=None)
    assert wait.minutes == (None if newest is None or newest >= 60 else 100 + newest)


def test_a_reading_from_a_fast_clock_waits_until_its_time_has_come():
    department = create_department()
    create_reading(department=department, observed_at=NOON, minutes=25)
    create_reading(department=department, observed_at=NOON + timedelta(minutes=5), minutes=99)

    assert [wait.minutes for wait in current_waits(at=NOON + timedelta(minutes=4))] == [25]
    assert [wait.minutes for wait in current_waits(at=NOON + timedelta(minutes=5))] == [99]


def test_made_up_readings_are_left_out_where_the_demonstration_is_off(settings):
    create_reading(observed_at=NOON, demonstration=True)

    settings.DEMONSTRATION = False

    [wait] = current_waits(at=NOON)
    assert wait.available is False


def test_departments_stand_in_their_order_and_drafts_do_not():
    second = create_department(position=2)
    first = create_department(position=1)
    create_department(position=0, published_at=None)

    assert [wait.department for wait in current_waits(at=NOON)] == [first, second]


@pytest.mark.parametrize("rows", [1, 3])
def test_all_waits_come_in_three_queries(django_assert_num_queries, rows):
    for _ in range(rows):
        department = create_department(contact=create_contact(number="860-889-8331"))
        create_reading(department=department, observed_at=NOON)

    with django_assert_num_queries(3):
        waits = current_waits(at=NOON)
        assert [wait.department.contact.numbers.all()[0].displayed for wait in waits] == ["860.889.8331"] * rows
        assert len({wait.department.location.name for wait in waits}) == rows


def test_a_contact_that_is_a_draft_is_not_shown_with_a_wait():
    create_department(contact=create_contact(published_at=None))

    [wait] = current_waits()

    assert wait.department.contact is None


def kept_for(waits, *, at):
    """Return the directive that tells for how long a response with `waits` may be kept."""
    with at_instant(at):
        response = kept_no_longer_than(waits, HttpResponse())
    return response["Cache-Control"].split(", ")[-1]


@pytest.mark.parametrize(
    ("age", "seconds"),
    [
        pytest.param(timedelta(0), 60, id="at-most-the-limit"),
        pytest.param(T1 - timedelta(seconds=30), 30, id="until-t1"),
        pytest.param(T1 - timedelta(seconds=1, milliseconds=900), 1, id="rounded-down"),
        pytest.param(T1 - timedelta(milliseconds=900), 0, id="less-than-a-second"),
        pytest.param(T1, 60, id="from-t1-on"),
        pytest.param(T2 - timedelta(seconds=10), 10, id="until-t2"),
        pytest.param(T2, 60, id="nothing-left-to-expire"),
    ],
)
def test_a_page_is_kept_no_longer_than_its_number(age, seconds):
    department = create_department(plain_minutes=15, shown_minutes=60)
    create_reading(department=department, observed_at=NOON - age)

    assert kept_for(current_waits(at=NOON), at=NOON) == f"max-age={seconds}"


def test_a_page_of_several_is_kept_for_the_first_that_changes():
    for seconds in (40, 20, 50):
        create_reading(
            department=create_department(plain_minutes=15, shown_minutes=60),
            observed_at=NOON - T1 + timedelta(seconds=seconds),
        )

    assert kept_for(current_waits(at=NOON), at=NOON) == "max-age=20"
    assert kept_for(current_waits(at=NOON), at=NOON + timedelta(minutes=5)) == "max-age=0"
    assert kept_for([], at=NOON) == "max-age=60"


def test_wait_of_one_department_is_the_boards():
    department = create_department()
    create_reading(department=department, observed_at=NOON)

    found = EmergencyDepartment.objects.with_newest_readings(NOON).get()

    assert wait_of(found, NOON) == current_waits(at=NOON)[0]


def told(department, source, *, ago, minutes=25, **fields):
    return create_reading(
        department=department, source=source, observed_at=NOON - timedelta(minutes=ago), minutes=minutes, **fields
    )


def test_what_staff_say_counts_before_a_newer_word_of_the_feed():
    department = create_department()
    told(department, Source.STAFF, ago=20, minutes=90, valid_for=timedelta(minutes=30))
    told(department, Source.FEED, ago=1, minutes=10, sample_size=4)

    [wait] = current_waits(at=NOON)

    assert (wait.minutes, wait.source, wait.freshness) == (90, Source.STAFF, Freshness.LAST_REPORTED)
    assert (wait.expires_at, wait.changes_at) == (NOON + timedelta(minutes=10), NOON + timedelta(minutes=10))


def test_the_feed_counts_again_from_the_instant_at_which_staffs_word_ends():
    department = create_department()
    told(department, Source.STAFF, ago=30, minutes=90, valid_for=timedelta(minutes=30))
    told(department, Source.FEED, ago=1, minutes=10, sample_size=4)

    [before] = current_waits(at=NOON - INSTANT)
    [after] = current_waits(at=NOON)

    assert (before.minutes, after.minutes) == (90, 10)
    assert (after.source, after.sample_size) == (Source.FEED, 4)


def test_an_older_word_of_staff_does_not_come_back_when_the_newer_one_ends():
    department = create_department()
    told(department, Source.STAFF, ago=50, minutes=90, valid_for=timedelta(minutes=60))
    told(department, Source.STAFF, ago=20, minutes=45, valid_for=timedelta(minutes=15))

    [wait] = current_waits(at=NOON)

    assert wait.available is False


def test_staff_can_say_that_no_number_is_shown_and_until_when():
    department = create_department()
    told(department, Source.FEED, ago=1, minutes=10)
    silence = WaitTimeReading.objects.create(
        department=department,
        source=Source.STAFF,
        observed_at=NOON,
        door_to_provider=None,
        valid_for=timedelta(minutes=30),
    )

    [now] = current_waits(at=NOON)
    [later] = current_waits(at=NOON + timedelta(minutes=30))

    assert (now.available, now.minutes, now.expires_at) == (False, None, None)
    assert now.changes_at == NOON + timedelta(minutes=30)
    assert (later.minutes, silence.minutes) == (10, None)


def test_a_reading_never_lives_longer_than_its_department_allows():
    department = create_department(plain_minutes=15, shown_minutes=60)
    told(department, Source.STAFF, ago=0, valid_for=timedelta(hours=4))

    [wait] = current_waits(at=NOON)

    assert wait.expires_at == NOON + T2
    assert current_waits(at=NOON + T2)[0].available is False


@pytest.mark.parametrize("state", [ReadingState.HELD, ReadingState.WITHDRAWN])
def test_what_is_held_or_withdrawn_is_not_shown_and_hides_nothing(state):
    department = create_department()
    told(department, Source.FEED, ago=10, minutes=12)
    told(department, Source.FEED, ago=1, minutes=990, state=state)

    [wait] = current_waits(at=NOON)

    assert wait.minutes == 12


def test_a_status_that_has_ended_is_over_with_its_words():
    department = create_department(
        status=EmergencyDepartment.Status.CLOSED, status_text="Water damage.", status_until=NOON + timedelta(minutes=5)
    )
    told(department, Source.FEED, ago=1)

    [before] = current_waits(at=NOON)
    [after] = current_waits(at=NOON + timedelta(minutes=5))

    assert (before.status, before.status_text, before.available) == ("closed", "Water damage.", False)
    assert before.changes_at == NOON + timedelta(minutes=5)
    assert (after.status, after.status_text, after.minutes) == ("normal", "", 25)


def test_the_last_word_of_either_source_is_told_to_staff():
    department = create_department()
    told(department, Source.STAFF, ago=500)
    told(department, Source.FEED, ago=90)

    [wait] = current_waits(at=NOON)

    assert wait.available is False
    assert last_told_at(wait.department) == NOON - timedelta(minutes=90)


@given(
    readings=st.lists(
        st.tuples(
            st.sampled_from(Source.values),
            st.integers(-5, 300),
            st.one_of(st.none(), st.integers(0, 1440)),
            st.one_of(st.none(), st.integers(1, 240)),
            st.sampled_from(ReadingState.values),
        ),
        max_size=8,
        unique_by=lambda reading: reading[:2],
    ),
    plain=st.integers(1, 60),
    more=st.integers(0, 120),
)
def test_whatever_is_told_no_number_is_older_than_its_department_allows(readings, plain, more):
    EmergencyDepartment.objects.all().delete()
    department = create_department(plain_minutes=plain, shown_minutes=plain + more)
    for source, ago, minutes, valid, state in readings:
        WaitTimeReading.objects.create(
            department=department,
            source=source,
            observed_at=NOON - timedelta(minutes=ago),
            door_to_provider=timedelta(minutes=minutes or 0) if minutes is not None or source == "feed" else None,
            valid_for=None if valid is None else timedelta(minutes=valid),
            state=state,
        )

    [wait] = current_waits(at=NOON)

    if wait.available:
        assert timedelta(0) <= NOON - wait.observed_at < department.shown_for
        assert NOON < wait.changes_at <= wait.expires_at <= wait.observed_at + department.shown_for
        [at_the_end] = current_waits(at=wait.expires_at)
        assert at_the_end.observed_at != wait.observed_at

import itertools
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ertimes.models import Visit, WaitTimeReading
from ertimes.visits import VisitReport, check_report, forget_visits, keep_visits, take_visits
from publishing.jobs import registered_jobs
from tests.factories import create_department, create_visit

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def ago(minutes):
    """Return the instant `minutes` before noon; None stays None."""
    return None if minutes is None else NOON - minutes * MINUTE


def report(visit_id="V1", *, arrived=60, seen=None, left=None, cancelled=False):
    """Return a VisitReport; `arrived`, `seen` and `left` are minutes before noon."""
    return VisitReport(visit_id, ago(arrived), ago(seen), ago(left), cancelled)


def take(department, *reports, as_of=NOON, **fields):
    return take_visits(department=department, reports=reports, as_of=as_of, **fields)


def rows():
    """Return what is kept of each visit, with its instants as minutes before noon."""
    return [
        (
            *(None if at is None else (NOON - at) / MINUTE for at in (visit.arrived_at, visit.seen_at, visit.left_at)),
            visit.cancelled,
        )
        for visit in Visit.objects.order_by("arrived_at", "key")
    ]


@pytest.mark.django_db
def test_the_wait_is_the_mean_of_those_seen_in_the_window():
    department = create_department(window_minutes=60)

    reading = take(department, report("V1", arrived=40, seen=20), report("V2", arrived=50, seen=5))

    assert reading == WaitTimeReading.objects.get()
    assert (reading.door_to_provider, reading.sample_size, reading.observed_at, reading.source) == (
        timedelta(minutes=32, seconds=30),
        2,
        NOON,
        "feed",
    )


@pytest.mark.django_db
def test_the_wait_is_the_median_where_the_department_says_so():
    department = create_department(statistic="median")

    reading = take(
        department,
        report("V1", arrived=30, seen=20),
        report("V2", arrived=45, seen=25),
        report("V3", arrived=300, seen=0),
    )

    assert reading.door_to_provider == timedelta(minutes=20)


@pytest.mark.django_db
def test_the_wait_is_whole_seconds_and_never_rounded_up():
    department = create_department()
    seen_at = NOON - MINUTE
    waits = [timedelta(seconds=61), timedelta(seconds=60, microseconds=999_999)]

    reading = take(department, *(VisitReport(f"V{wait}", seen_at - wait, seen_at) for wait in waits))

    assert reading.door_to_provider == timedelta(seconds=60)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "counted"),
    [
        pytest.param(report(arrived=60, seen=0), True, id="seen at the end of the window"),
        pytest.param(report(arrived=90, seen=60), False, id="seen as the window begins"),
        pytest.param(report(arrived=90, seen=59), True, id="seen in the window, arrived before it"),
        pytest.param(report(arrived=30), False, id="not yet seen"),
        pytest.param(report(arrived=30, left=5), False, id="left without being seen"),
        pytest.param(report(arrived=30, seen=20, left=5), True, id="seen, then left"),
        pytest.param(report(arrived=30, seen=20, cancelled=True), False, id="cancelled"),
        pytest.param(report(arrived=24 * 60, seen=0), True, id="seen after a day"),
    ],
)
def test_only_those_seen_in_the_window_are_counted(other, counted):
    department = create_department(smallest_sample=1, window_minutes=60)

    reading = take(department, report("V0", arrived=40, seen=20), other)

    assert reading.sample_size == (2 if counted else 1)


@pytest.mark.django_db
def test_a_visit_whose_reports_together_give_more_than_a_day_is_not_counted():
    department = create_department(smallest_sample=1)

    take(department, report(arrived=25 * 60))
    reading = take(department, report(arrived=60, seen=5))

    assert reading is None
    assert rows() == [(25 * 60, 5, None, False)]


@pytest.mark.django_db
@pytest.mark.parametrize(("patients", "shown"), [(0, False), (2, False), (3, True)])
def test_too_few_patients_make_no_reading_but_are_kept(patients, shown):
    department = create_department(smallest_sample=3)

    reading = take(department, *(report(f"V{number}", seen=30) for number in range(patients)))

    assert (reading is not None) == shown
    assert WaitTimeReading.objects.count() == int(shown)
    assert Visit.objects.count() == patients


@pytest.mark.django_db
def test_nothing_tells_whose_visit_it_is():
    ours, theirs = create_department(), create_department()

    take(ours, report("MRN-4711 Example"), report("another"))
    take(theirs, report("MRN-4711 Example"))

    keys = list(Visit.objects.values_list("key", flat=True))
    assert len(set(keys)) == 3
    assert {len(key) for key in keys} == {64}
    assert "4711" not in str(list(Visit.objects.values()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        pytest.param(report(seen=30), report(), (60, 30, None, False), id="less erases nothing"),
        pytest.param(report(seen=30), report(seen=20), (60, 30, None, False), id="seen twice"),
        pytest.param(report(arrived=70), report(arrived=60), (70, None, None, False), id="arrived twice"),
        pytest.param(report(cancelled=True), report(), (60, None, None, True), id="cancelled stays"),
        pytest.param(report(left=30), report(left=20), (60, None, 30, False), id="left twice"),
        pytest.param(report(left=30), report(seen=20), (60, 20, None, False), id="did not leave unseen"),
    ],
)
def test_reports_of_one_visit_are_put_together_in_either_order(first, second, kept):
    for reports in [(first, second), (second, first), (first, second, first)]:
        at_once, one_by_one = create_department(), create_department()
        take(at_once, *reports)
        for told in reports:
            take(one_by_one, told)

        assert rows() == [kept, kept]
        Visit.objects.all().delete()


@st.composite
def any_reports(draw):
    arrived = draw(st.integers(1, 300))
    after = st.none() | st.integers(0, arrived)
    visit_id = draw(st.sampled_from(["V1", "V2", "V3"]))
    return report(visit_id, arrived=arrived, seen=draw(after), left=draw(after), cancelled=draw(st.booleans()))


@pytest.mark.django_db
class AnyOrder(TestCase):
    @settings(max_examples=30)
    @given(st.lists(any_reports(), max_size=6), st.data())
    def test_shuffled_and_doubled_reports_make_the_same_rows(self, reports, data):
        with time_machine.travel(NOON, tick=False):
            tidy, messy = create_department(), create_department()
            keep_visits(department=tidy, reports=reports)
            shuffled = data.draw(st.permutations([*reports, *reports[:2]]))
            for told in data.draw(st.sampled_from([[shuffled], [[told] for told in shuffled]])):
                keep_visits(department=messy, reports=told)

        kept = ["arrived_at", "seen_at", "left_at", "cancelled"]
        of_each = [sorted(Visit.objects.filter(department=one).values_list(*kept), key=str) for one in (tidy, messy)]
        assert of_each[0] == of_each[1]
        assert len(of_each[0]) == len({told.visit_id for told in reports})


@pytest.mark.django_db
def test_made_up_visits_and_real_ones_are_not_counted_together():
    department = create_department(smallest_sample=1)
    take(department, report("V1", seen=10), report("V2", seen=10), as_of=NOON - 2 * MINUTE, demonstration=True)

    real = take(department, report("V2", seen=10), as_of=NOON - MINUTE)
    made_up = take(department, demonstration=True)

    assert [(reading.sample_size, reading.demonstration) for reading in (real, made_up)] == [(1, False), (1, True)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("as_of", "refused"),
    [
        (NOON + 2 * MINUTE, True),
        (NOON + MINUTE, False),
        (NOON - 15 * MINUTE, False),
        (NOON - 16 * MINUTE, True),
    ],
)
def test_a_wait_is_measured_now_neither_before_nor_after(as_of, refused):
    department = create_department(smallest_sample=1)
    told = report(arrived=60, seen=30)

    if refused:
        with pytest.raises(ValidationError) as error:
            take(department, told, as_of=as_of)
        assert list(error.value.message_dict) == ["as_of"]
    else:
        take(department, told, as_of=as_of)

    assert (Visit.objects.count(), WaitTimeReading.objects.count()) == ((0, 0) if refused else (1, 1))


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        pytest.param(report(seen=30), [], id="good"),
        pytest.param(report(arrived=-1), [], id="a clock that is a minute ahead"),
        pytest.param(report(arrived=-1.1), ["arrived_at"], id="arrival to come"),
        pytest.param(report(seen=-2), ["seen_at"], id="seen to come"),
        pytest.param(report(left=-2), ["left_at"], id="leaving to come"),
        pytest.param(report(arrived=60, seen=61), ["seen_at"], id="seen before arrival"),
        pytest.param(report(arrived=60, left=61), ["left_at"], id="left before arrival"),
        pytest.param(report(arrived=60, seen=60), [], id="seen at once"),
        pytest.param(report(arrived=24 * 60 + 10, seen=10), [], id="seen after a day"),
        pytest.param(report(arrived=24 * 60 + 10, seen=9), ["seen_at"], id="seen after more than a day"),
        pytest.param(report(arrived=72 * 60), [], id="three days old"),
        pytest.param(report(arrived=72 * 60 + 1), ["arrived_at"], id="older than three days"),
        pytest.param(report(visit_id=""), ["visit_id"], id="no id"),
        pytest.param(report(visit_id="9" * 200), [], id="long id"),
        pytest.param(report(visit_id="9" * 201), ["visit_id"], id="endless id"),
        pytest.param(report(visit_id="V\0"), ["visit_id"], id="control character"),
        pytest.param(report(visit_id="\ud800"), ["visit_id"], id="half a character"),
        pytest.param(VisitReport("V1", datetime(2026, 3, 2, 11)), ["arrived_at"], id="no offset"),  # noqa: DTZ001  naive on purpose
        pytest.param(VisitReport("V1", NOON, datetime(2026, 3, 2, 12)), ["seen_at"], id="one offset"),  # noqa: DTZ001  naive on purpose
        pytest.param(
            VisitReport("V1", datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)),
            ["arrived_at", "seen_at"],
            id="the ends of time",
        ),
    ],
)
def test_a_report_that_cannot_be_is_refused_by_field(told, refused):
    assert refused_fields(told) == refused


def refused_fields(told):
    try:
        check_report(told, NOON)
    except ValidationError as error:
        return sorted(error.message_dict)
    return []


@given(st.builds(VisitReport, st.text(max_size=5), *[st.datetimes(timezones=st.timezones())] * 3))
def test_whatever_is_told_is_taken_or_refused_by_field(told):
    assert {"visit_id", "arrived_at", "seen_at", "left_at"}.issuperset(refused_fields(told))


def asked(queries):
    """Return the SQL of `queries` but what begins and ends transactions."""
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 500])
def test_a_batch_takes_a_handful_of_queries(size):
    department = create_department()
    reports = [report(f"V{number}", arrived=60, seen=number % 60) for number in range(size)]
    take(department, *reports[: size // 2])

    with CaptureQueriesContext(connection) as queries:
        take(department, *reports, as_of=NOON - MINUTE)

    assert len(asked(queries)) <= 15
    assert Visit.objects.count() == size


@pytest.mark.django_db
def test_what_is_known_already_is_not_written_again():
    department = create_department()
    keep_visits(department=department, reports=[report(seen=30)])

    with CaptureQueriesContext(connection) as queries:
        keep_visits(department=department, reports=[report(seen=30), report()])

    assert [query.split()[0] for query in asked(queries)] == ["SELECT", "SELECT"]


@pytest.mark.django_db
def test_visits_are_forgotten_three_days_after_the_arrival():
    kept = create_visit(arrived_at=NOON - timedelta(hours=72))
    create_visit(arrived_at=NOON - timedelta(hours=72, seconds=1), seen_at=NOON - timedelta(hours=60))

    forgotten = forget_visits()

    assert forgotten == 1
    assert Visit.objects.get() == kept


def test_visits_are_forgotten_every_ten_minutes():
    jobs = {job.name: job for job in registered_jobs()}

    assert jobs["forget visits"].function is forget_visits
    assert jobs["forget visits"].every == timedelta(minutes=10)


@pytest.mark.django_db(transaction=True)
@pytest.mark.several_writers
def test_two_who_tell_the_same_at_once_make_one_row_a_visit():
    errors = []
    reports = [report(f"V{number}", arrived=60, seen=30) for number in range(20)]

    def tell(barrier, told, as_of):
        try:
            barrier.wait()
            take(department, *told, as_of=as_of)
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    for turn in range(5):
        department = create_department()
        barrier = threading.Barrier(3)
        tellings = [reports, list(reversed(reports)), [report(f"V{number}") for number in range(20)]]
        as_ofs = itertools.repeat(NOON) if turn % 2 else [NOON, NOON - MINUTE, NOON - 2 * MINUTE]
        threads = [
            threading.Thread(target=tell, args=(barrier, told, as_of))
            for told, as_of in zip(tellings, as_ofs, strict=False)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert errors == []
        kept = Visit.objects.filter(department=department)
        assert kept.count() == 20
        assert {visit.seen_at for visit in kept} == {ago(30)}

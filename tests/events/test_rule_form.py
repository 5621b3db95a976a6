"""The form by which an editor says how often an event takes place: on the admin's form of an event."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from events.models import Event
from tests.factories import create_event, create_superuser

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)  # a Sunday, 10 AM in Norwich
ADD = "/admin/events/event/add/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def coordinator(client):
    user = create_superuser()
    client.force_login(user)
    return user


def filled(**fields):
    """Return what the form of a new event posts: by default once, on Tuesday, November 24, 6 PM."""
    values = {
        "title": "Caregivers’ circle",
        "slug": "caregivers",
        "timing": "at_a_time",
        "repeats": "once",
        "first_day": "2026-11-24",
        "start_time": "18:00",
        "end_time": "19:30",
        "ends": "never",
        "extra_days": "",
        "left_out": "",
        "rule": "",
        "zone": "",
        "online_url_for": "registered",
        "sign_up_by": "none",
        "party_most": 4,
        "accept_hours": 24,
        "closes_hours": 0,
        "keep_days": 30,
        "questions-TOTAL_FORMS": 0,
        "questions-INITIAL_FORMS": 0,
    }
    return {**values, **fields}


def errors_of(response):
    return {
        name: [str(error) for error in errors] for name, errors in response.context["adminform"].form.errors.items()
    }


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"repeats": "once"}, ""),
        ({"repeats": "days"}, "FREQ=DAILY"),
        ({"repeats": "week"}, "FREQ=WEEKLY;BYDAY=TU"),
        ({"repeats": "week", "weekdays": ["TH", "TU"]}, "FREQ=WEEKLY;BYDAY=TU,TH"),
        ({"repeats": "other_week"}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ({"repeats": "weeks", "every": "4"}, "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU"),
        ({"repeats": "month_weekday"}, "FREQ=MONTHLY;BYDAY=4TU"),
        ({"repeats": "month_weekday", "which": ["2", "4"]}, "FREQ=MONTHLY;BYDAY=2TU,4TU"),
        ({"repeats": "month_day", "month_day": "24"}, "FREQ=MONTHLY;BYMONTHDAY=24"),
        ({"repeats": "year"}, "FREQ=YEARLY"),
        ({"repeats": "week", "ends": "until", "until": "2027-06-01"}, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601"),
        ({"repeats": "week", "ends": "count", "count": "8"}, "FREQ=WEEKLY;BYDAY=TU;COUNT=8"),
        ({"repeats": "rule", "rule": "rrule:freq=daily;interval=3"}, "FREQ=DAILY;INTERVAL=3"),
        # What stands in a field of another pattern is not asked for, right or wrong.
        ({"repeats": "days", "rule": "FREQ=SECONDLY", "every": "nine", "month_day": "77"}, "FREQ=DAILY"),
    ],
)
def test_a_pattern_is_stored_as_a_rule(client, coordinator, fields, rule):
    response = client.post(ADD, filled(**fields))

    assert response.status_code == 302
    assert Event.objects.get().rule == rule


def test_listed_dates_are_further_dates(client, coordinator):
    client.post(ADD, filled(repeats="dates", extra_days="2026-12-24, 2026-12-01"))

    event = Event.objects.get()
    assert (event.rule, event.extra_days) == ("", [date(2026, 12, 1), date(2026, 12, 24)])
    assert event.dates.count() == 3


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"repeats": "weeks", "every": ""}, "every", "Say every how many weeks."),
        ({"repeats": "weeks", "every": "0"}, "every", "Ensure this value is greater than or equal to 1."),
        ({"repeats": "week", "ends": "until"}, "until", "Say until which day, or choose that it goes on."),
        (
            {"repeats": "week", "ends": "until", "until": "2020-01-01"},
            "until",
            "The series would end before its first day.",
        ),
        ({"repeats": "week", "ends": "count"}, "count", "Say how many dates, or choose that it goes on."),
        (
            {"repeats": "week", "ends": "count", "count": "10000000"},
            "count",
            "Ensure this value is less than or equal to 1000.",
        ),
        (
            {"repeats": "week", "weekdays": ["WE"]},
            "first_day",
            "The series is not on this day of the week or month. Its first day would be Wednesday, Nov. 25, 2026.",
        ),
        ({"repeats": "dates"}, "extra_days", "List the further dates, such as 2026-12-24, with commas between."),
        (
            {"repeats": "dates", "extra_days": "2026-02-30"},
            "extra_days",
            "“2026-02-30” is no day. Write it as year-month-day: 2026-12-24.",
        ),
        (
            {"repeats": "once", "extra_days": "2026-12-24"},
            "extra_days",
            "An event on these days has another pattern: choose it above.",
        ),
        (
            {"repeats": "rule", "rule": ""},
            "rule",
            "Write the rule, such as FREQ=WEEKLY;BYDAY=TU, or choose another pattern.",
        ),
        (
            {"repeats": "rule", "rule": "FREQ=SECONDLY"},
            "rule",
            "An event can repeat by days, weeks, months or years, and not more often.",
        ),
        (
            {"repeats": "rule", "rule": "FREQ=DAILY;COUNT=10000000"},
            "rule",
            "A series can have at most 1000 dates.",
        ),
        (
            {"repeats": "rule", "rule": "FREQ=DAILY;UNTIL=20200101"},
            "rule",
            "The series would end before its first day.",
        ),
        (
            {"repeats": "week", "timing": "any_time", "first_day": "", "start_time": "", "end_time": ""},
            "repeats",
            "Only an event with a day can repeat.",
        ),
        (
            {"zone": "Mars/Olympus"},
            "zone",
            "There is no time zone “Mars/Olympus”. Choose one of the list.",
        ),
        ({"repeats": "sometimes"}, "repeats", "Select a valid choice. sometimes is not one of the available choices."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(client, coordinator, fields, field, told):
    response = client.post(ADD, filled(**fields))

    assert (response.status_code, Event.objects.count()) == (200, 0)
    assert errors_of(response) == {field: [told]}


def test_a_day_beyond_all_calendars_is_told(client, coordinator):
    response = client.post(ADD, filled(first_day="9999-12-31", repeats="days"))

    assert errors_of(response) == {"first_day": ["Give a day between the years 1900 and 2200."]}


def test_the_form_shows_the_pattern_of_a_series(client, coordinator):
    event = create_event(first_day=date(2026, 11, 24), rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=9")

    form = client.get(f"/admin/events/event/{event.pk}/change/").context["adminform"].form

    assert [form[name].value() for name in ("repeats", "weekdays", "ends", "count")] == [
        "other_week",
        ["TU"],
        "count",
        9,
    ]


def test_a_rule_that_no_pattern_says_stays_and_is_told_in_words(client, coordinator):
    event = create_event(first_day=date(2026, 12, 1), rule="FREQ=MONTHLY;BYMONTHDAY=1,15", published_at=None)
    address = f"/admin/events/event/{event.pk}/change/"

    page = client.get(address)
    form = page.context["adminform"].form
    posted = filled(
        title=event.title, slug=event.slug, first_day="2026-12-01", repeats="rule", rule=form["rule"].value()
    )
    response = client.post(address, {**posted, "_base": "0"})

    assert form["repeats"].value() == "rule"
    assert "Days 1 and 15 of every month" in page.content.decode()
    assert response.status_code == 302
    event.refresh_from_db()
    assert event.rule == "FREQ=MONTHLY;BYMONTHDAY=1,15"


def test_back_to_once_empties_the_lists(client, coordinator):
    event = create_event(first_day=date(2026, 11, 24), extra_days=[date(2026, 12, 1)], published_at=None)

    client.post(
        f"/admin/events/event/{event.pk}/change/",
        filled(title=event.title, slug=event.slug, repeats="once", extra_days="2026-12-01"),
    )

    event.refresh_from_db()
    assert (event.extra_days, event.dates.count()) == ([], 1)


def test_without_javascript_a_button_shows_the_dates_and_stores_nothing(client, coordinator):
    response = client.post(ADD, filled(repeats="week", _dates="1"))

    page = " ".join(response.content.decode().split())
    assert (response.status_code, Event.objects.count()) == (200, 0)
    assert errors_of(response) == {}
    assert "Tue, Nov 24, 2026 · Tue, Dec 1 · Tue, Dec 8" in page
    assert "79 dates until May 23, 2028. Further ones are added day by day." in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"repeats": "week", "ends": "count", "count": "8"}, "8 dates, the last one on January 12, 2027."),
        ({"repeats": "week", "left_out": "2026-12-01"}, "Tue, Nov 24, 2026 · Tue, Dec 8 ·"),
        ({"repeats": "week", "first_day": "2026-11-03"}, "3 of them are past."),
        ({"repeats": "once", "first_day": ""}, "None yet"),
        ({"repeats": "rule", "rule": "FREQ=SECONDLY"}, "An event can repeat by days, weeks, months or years"),
        ({"repeats": "week", "weekdays": ["WE"]}, "Its first day would be Wednesday, Nov. 25, 2026."),
        ({"repeats": "days", "first_day": "9999-12-31"}, "None yet"),
        ({"repeats": "days", "first_day": "soon"}, "Enter a valid date."),
    ],
)
def test_the_dates_are_told_while_the_form_is_filled_in(client, coordinator, fields, told):
    response = client.post("/admin/events/event/series-dates/", filled(**fields))

    assert response.status_code == 200
    assert told in " ".join(response.content.decode().split())


def test_who_may_only_look_reads_how_it_repeats(client):
    from tests.factories import create_editor

    event = create_event(first_day=date(2026, 11, 24), rule="FREQ=WEEKLY;BYDAY=TU")
    client.force_login(create_editor(permissions=["view_event"]))

    page = client.get(f"/admin/events/event/{event.pk}/change/")

    assert page.status_code == 200
    assert "Every Tuesday" in page.content.decode()

"""What the pages of the places say of opening hours, and for how long they may be kept."""

import json
import re
from datetime import date, time

import pytest
import time_machine

from publishing import history
from publishing.drafting import save
from publishing.snapshots import take
from tests.directory.test_opening import THANKSGIVING, wall
from tests.factories import create_hours, create_location, create_special_hours, create_superuser

pytestmark = pytest.mark.django_db

MONDAY_TEN = wall(11, 23, 10)


def page(client, address, at=MONDAY_TEN):
    with time_machine.travel(at, tick=False):
        return client.get(address)


def line_in(response):
    """Return (text, data-expires-at) of each line of now in `response`."""
    found = re.findall(r'<p class="open-line[^>]*data-expires-at="([^"]*)">(.*?)<template>', response.content.decode())
    return [(text, until) for until, text in found]


def rows_in(response):
    """Return the words of each row of the tables of hours in `response`."""
    rows = re.findall(r'<tr class="hours__row">(.*?)</tr>', response.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in rows]


def json_ld_in(response):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    return [json.loads(text) for text in found]


@pytest.fixture
def office():
    """Make a place that is open on weekdays from 8 AM to 4:30 PM."""
    location = create_location(name="Health Center", slug="health-center", street="1 Main Street", city="Norwich")
    for weekday in range(5):
        create_hours(location, weekday=weekday)
    return location


def test_a_place_says_whether_it_is_open_and_how_long_that_holds(client, office):
    response = page(client, office.get_absolute_url())

    assert line_in(response) == [("Open now until 4:30 PM", "2026-11-23T16:30:00-05:00")]
    assert "js/expiry" in response.content.decode()


def test_a_place_shows_its_week_with_today_marked(client, office):
    rows = rows_in(page(client, office.get_absolute_url()))

    assert rows == [
        "Monday Today 8 AM to 4:30 PM",
        *(f"{day} 8 AM to 4:30 PM" for day in ("Tuesday", "Wednesday", "Thursday", "Friday")),
        "Saturday Closed",
        "Sunday Closed",
    ]


def test_a_day_with_a_break_shows_both_of_its_times(client, office):
    create_hours(office, weekday=5, opens=time(13), closes=time(15))
    create_hours(office, weekday=5, opens=time(9), closes=time(12))

    rows = rows_in(page(client, office.get_absolute_url()))

    assert rows[5] == "Saturday 9 AM to noon, 1 PM to 3 PM"


def test_a_special_day_stands_in_its_row_and_among_those_to_come(client, office):
    create_special_hours(office, day=THANKSGIVING)
    create_special_hours(office, day=date(2026, 12, 23), name="Holiday party", opens=time(8), closes=time(12))
    create_special_hours(office, day=date(2027, 1, 1), name="New Year’s Day")

    rows = rows_in(page(client, office.get_absolute_url()))

    assert rows[3] == "Thursday Closed November 26 , Thanksgiving Day Usually: 8 AM to 4:30 PM"
    assert rows[7:] == [
        "Thursday, November 26 Thanksgiving Day Closed",
        "Wednesday, December 23 Holiday party 8 AM to noon",
    ]


def test_a_special_days_name_is_told_and_cannot_run_anything(client, office):
    create_special_hours(office, day=date(2026, 11, 23), name="<script>alert(1)</script>")

    content = page(client, office.get_absolute_url()).content.decode()

    assert "Today: &lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "<script>alert" not in content


def test_a_place_without_hours_says_nothing_of_now(client):
    location = create_location(hours="Monday to Friday,\n8 AM to 4:30 PM", hours_note="By appointment")

    response = page(client, location.get_absolute_url())

    assert (line_in(response), rows_in(response)) == ([], [])
    content = response.content.decode()
    assert "Monday to Friday,<br>8 AM to 4:30 PM" in content
    assert "By appointment" in content
    assert "js/expiry" not in content
    assert not response.has_header("Cache-Control")


def test_hours_in_words_give_way_to_those_of_the_week(client, office):
    office.hours = "Whenever we like"
    office.hours_note = "By appointment"
    office.save()

    content = page(client, office.get_absolute_url()).content.decode()

    assert "Whenever we like" not in content
    assert "By appointment" in content


def test_hours_in_words_stay_beside_special_days_alone(client):
    location = create_location(hours="Weekdays, mornings")
    create_special_hours(location, day=THANKSGIVING)

    response = page(client, location.get_absolute_url())

    assert "Weekdays, mornings" in response.content.decode()
    assert rows_in(response) == ["Thursday, November 26 Thanksgiving Day Closed"]


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        pytest.param(MONDAY_TEN, 60, id="at-most-a-minute"),
        pytest.param(wall(11, 23, 16, 29), 60, id="a-minute-before-it-closes"),
        pytest.param(wall(11, 23, 16, 29).replace(second=40), 20, id="seconds-before-it-closes"),
        pytest.param(wall(11, 23, 23, 59).replace(second=50), 10, id="seconds-before-tomorrow"),
    ],
)
@pytest.mark.parametrize("address", ["/locations/", "/locations/health-center/"])
def test_no_cache_keeps_the_page_longer_than_its_line(client, office, address, at, seconds):
    response = page(client, address, at)

    assert response["Cache-Control"] == f"public, must-revalidate, max-age={seconds}"
    assert response["Server-Timing"].startswith("sent;desc=")


def test_a_draft_with_hours_is_kept_in_no_cache(client):
    location = create_location(published_at=None)
    create_hours(location)
    with time_machine.travel(MONDAY_TEN, tick=False):
        client.force_login(create_superuser())
        response = client.get(location.get_absolute_url())

    assert line_in(response) == [("Open now until 4:30 PM", "2026-11-23T16:30:00-05:00")]
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


def test_a_preview_shows_the_drafts_hours(client):
    location = create_location()
    editor = create_superuser()
    base = history.begin(location)
    create_hours(location)
    draft = take(location)
    location.hours_rows.all().delete()
    save(location, draft, base=base, user=editor)
    client.force_login(editor)

    preview = client.get(f"{location.get_absolute_url()}?preview=directory.location:{location.pk}")

    assert rows_in(preview)[0].startswith("Monday")
    assert rows_in(client.get(location.get_absolute_url())) == []


def test_the_list_tells_of_each_place_what_is_known_of_it(client, office):
    create_location(name="Unknown")
    lab = create_location(name="Lab", hours_note="By appointment")
    create_hours(lab, weekday=1)
    create_hours(lab, weekday=0, opens=time(7), closes=time(9))

    response = page(client, "/locations/")

    assert line_in(response) == [
        ("Open now until 4:30 PM", "2026-11-23T16:30:00-05:00"),
        ("Closed now. Opens tomorrow at 8 AM", "2026-11-24T00:00:00-05:00"),
    ]
    assert response.content.decode().count("By appointment") == 1


def test_search_engines_learn_the_hours(client, office):
    create_special_hours(office, day=THANKSGIVING)
    create_hours(office, weekday=5, all_day=True)

    [place] = [data for data in json_ld_in(page(client, office.get_absolute_url())) if data["@type"] == "Place"]

    assert place["address"]["streetAddress"] == "1 Main Street"
    assert place["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00",
            "closes": "23:59",
            "dayOfWeek": ["https://schema.org/Saturday"],
        },
        {
            "@type": "OpeningHoursSpecification",
            "opens": "08:00",
            "closes": "16:30",
            "dayOfWeek": [
                f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
            ],
        },
        {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00",
            "closes": "00:00",
            "validFrom": "2026-11-26",
            "validThrough": "2026-11-26",
        },
    ]


def test_search_engines_are_told_nothing_where_nothing_is_known(client):
    location = create_location(hours="Mornings")

    types = [data["@type"] for data in json_ld_in(page(client, location.get_absolute_url()))]

    assert "Place" not in types

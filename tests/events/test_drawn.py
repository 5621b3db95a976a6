import re
from datetime import UTC, date, datetime, time

import pytest
from django.utils.translation import override

from events.drawn import cell_of, line_of, row_of
from events.models import Event, EventDate
from events.shown import shown_dates
from tests.factories import create_event, create_location

pytestmark = pytest.mark.django_db

JUNE_4 = datetime(2021, 6, 4, 12, tzinfo=UTC)
PLAIN = {"title": "Yoga", "slug": "yoga", "first_day": date(2021, 6, 7), "start_time": time(10), "end_time": time(11)}


def drawn(draw, event):
    [shown] = shown_dates(EventDate.objects.filter(event=event).with_event()[:1], JUNE_4)
    return draw(shown)


@pytest.mark.parametrize(
    "change",
    [
        *({"title": "Tai chi"}, {"slug": "tai-chi"}, {"summary": "Slowly."}, {"languages": "Spanish"}, {"free": True}),
        *({"amount": 5}, {"price": "per couple"}, {"zone": "America/Chicago"}, {"online": True}, {"place": "Hall"}),
        *({"sign_up_by": "here", "seats": 3}, {"end_time": None}, {"rule": "FREQ=WEEKLY"}, {"timing": "all_day"}),
    ],
)
def test_a_row_is_drawn_anew_for_whatever_it_shows(change):
    fields = PLAIN | change
    if fields.get("timing") == "all_day":
        fields |= {"start_time": None, "end_time": None}
    plain = drawn(row_of, create_event(**PLAIN | {"slug": "plain"})).replace("/plain/", "/yoga/")

    row = drawn(row_of, create_event(**fields))

    assert row != plain


@pytest.mark.parametrize("draw", [row_of, cell_of, line_of])
def test_what_becomes_of_a_date_is_seen_at_once(draw):
    event = create_event(**PLAIN)
    before = drawn(draw, event)

    event.dates.update(status="cancelled", status_note="The room is wet.")

    assert "Cancelled" not in before
    assert "Cancelled" in drawn(draw, event)


@pytest.mark.parametrize("draw", [cell_of, line_of])
def test_an_hour_of_another_clock_names_it_as_it_is_on_that_day(draw):
    event = create_event(**PLAIN)
    told = [drawn(draw, event)]
    for change in ({"zone": "America/Chicago"}, {"first_day": date(2021, 12, 6)}):
        event = Event.objects.get()
        for name, value in change.items():
            setattr(event, name, value)
        event.save()
        told.append(drawn(draw, event))

    assert [re.findall(r"10:00 AM ?([^<]*)", html) for html in told] == [
        [""],
        ["CDT, Chicago time"],
        ["CST, Chicago time"],
    ]


@pytest.mark.parametrize("draw", [cell_of, line_of])
def test_a_whole_day_of_another_clock_names_none(draw):
    days = {"timing": "all_day", "start_time": None, "end_time": None, "zone": "America/Chicago"}

    assert "Chicago" not in drawn(draw, create_event(**PLAIN | days))


def test_a_place_that_gets_another_name_is_seen_at_once():
    location = create_location(name="Main Campus")
    event = create_event(**PLAIN, location=location)
    before = drawn(row_of, event), drawn(line_of, event)
    location.name = "North Campus"
    location.save()

    after = drawn(row_of, event), drawn(line_of, event)

    assert ["Main Campus" in html for html in before] == [True, True]
    assert ["North Campus" in html for html in after] == [True, True]


def test_each_language_has_its_own():
    event = create_event(**PLAIN)
    in_english = drawn(row_of, event)

    with override("es"):
        in_spanish = drawn(row_of, event)

    assert "June 7, 2021" in in_english
    assert "June 7, 2021" not in in_spanish

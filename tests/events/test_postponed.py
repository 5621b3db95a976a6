"""A postponed date waits for its new day: nothing of it is over when its old day is past, and nobody is lost."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events import acts
from events.mails import message_of
from events.models import DateStatus, EventDate
from events.registering import cancel, change
from events.registration_links import registration_link
from events.waiting import settle, settle_all
from tests.events.registrations import states
from tests.factories import create_editor, create_event, create_registration

pytestmark = pytest.mark.django_db

TUESDAY, NEXT = date(2026, 11, 24), date(2026, 12, 1)
BEFORE = datetime(2026, 11, 22, 15, tzinfo=UTC)
AFTER = datetime(2026, 11, 26, 15, tzinfo=UTC)
COORDINATOR = ["view_event", "change_event", "publish_event", "change_eventdate", "view_eventdate"]


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE, tick=False) as clock:
        yield clock


@pytest.fixture
def postponed(clock, client):
    """Postpone the first of the dates of a weekly event, and go on to two days after it; return the date."""
    times = {"start_time": time(18), "end_time": time(19, 30)}
    event = create_event(first_day=TUESDAY, rule="FREQ=WEEKLY;BYDAY=TU", sign_up_by="here", seats=20, **times)
    row = event.dates.with_event().get(day=TUESDAY)
    row.status, row.status_note = DateStatus.POSTPONED, "Snow. A new day follows."
    row.save()
    clock.move_to(AFTER)
    client.force_login(create_editor(permissions=COORDINATOR))
    return row


def screen(row, rest=""):
    return f"/admin/events/event/{row.event_id}/dates/{rest}"


def send(client, row, act, **fields):
    values = {"seen": acts.mark_of([EventDate.objects.get(pk=row.pk)]), **fields}
    return client.post(
        screen(row, f"{row.pk}/"), {"act": act, **{f"{act}-{name}": value for name, value in values.items()}}
    )


def test_it_gets_its_new_day_though_the_old_one_is_past(client, postponed):
    registration = create_registration(postponed)

    page = client.get(screen(postponed, f"{postponed.pk}/"))
    send(client, postponed, "change", day="2026-12-03", start_time="18:00", end_time="19:30", location="", place="")

    postponed.refresh_from_db()
    registration.refresh_from_db()
    assert page.status_code == 200
    assert (postponed.first_day, postponed.status) == (date(2026, 12, 3), "on")
    assert registration.date_id == postponed.pk


def test_its_people_are_moved_to_another_date_though_its_day_is_past(client, postponed):
    registration = create_registration(postponed)
    target = postponed.event.dates.get(day=NEXT)

    send(client, postponed, "people", to=target.pk)

    registration.refresh_from_db()
    assert registration.date_id == target.pk


@pytest.mark.parametrize("registered", [True, False])
def test_the_list_of_dates_says_that_people_wait_for_a_new_day(client, postponed, registered):
    if registered:
        create_registration(postponed)

    page = client.get(screen(postponed)).content.decode()

    told = "People are registered for a postponed date that has no new day yet" in page
    assert (told, screen(postponed, f"{postponed.pk}/") in page) == (registered, registered)


def test_among_the_past_dates_it_alone_has_its_screen(client, postponed):
    over = EventDate.objects.create(
        event=postponed.event, day=date(2026, 11, 17), starts_at=BEFORE - timedelta(days=5), ends_at=BEFORE
    )

    page = client.get(screen(postponed), {"past": "1"}).content.decode()

    assert [screen(row, f"{row.pk}/") in page for row in (postponed, over)] == [True, False]


@pytest.mark.parametrize("status", [DateStatus.ON, DateStatus.FULL, DateStatus.MOVED_ONLINE])
def test_on_its_old_day_it_cannot_take_place_any_more(client, postponed, status):
    response = send(client, postponed, "status", status=status, note="We meet.")

    postponed.refresh_from_db()
    assert response.context["forms"]["status"].errors == {
        "status": ["Its day is past. Give it another day: then it takes place again."]
    }
    assert postponed.status == "postponed"


def test_it_can_be_cancelled_for_good(client, postponed):
    send(client, postponed, "status", status="cancelled", note="No new day was found.")

    postponed.refresh_from_db()
    assert postponed.status == "cancelled"


def test_a_new_day_that_is_past_is_refused(postponed):
    values = {"start_time": time(18), "end_time": time(19), "where": (None, ""), "seats": None, "message": None}

    with pytest.raises(ValidationError, match="This time is past"):
        acts.change(postponed, day=date(2026, 11, 25), user=None, seen=acts.mark_of([postponed]), **values)


def test_who_is_registered_can_still_change_and_cancel(postponed):
    registration = create_registration(postponed, party=2)

    change(registration, party=1, phone="", answers=[], at=AFTER)
    cancel(registration, AFTER)

    assert states(registration) == "cancelled"


def test_the_page_of_a_registration_does_not_call_it_over(client, postponed):
    page = client.get(registration_link(create_registration(postponed))).content.decode()

    assert ("This date is over." in page, "This date does not take place." in page) == (False, True)
    assert "Cancel my registration" in page


# Seats that are offered


def offered(row, until=AFTER - timedelta(hours=1)):
    return create_registration(row, state="offered", offered_until=until)


@pytest.mark.parametrize("status", [DateStatus.POSTPONED, DateStatus.CANCELLED])
def test_no_offer_ends_while_the_date_does_not_take_place(postponed, status):
    EventDate.objects.filter(pk=postponed.pk).update(status=status)
    registration, other = offered(postponed), create_registration(postponed)

    settle_all(AFTER)
    cancel(other, AFTER) if status == DateStatus.POSTPONED else settle(postponed, AFTER)

    assert states(registration) == "offered"
    assert registration.mails.count() == 0


def test_with_its_new_day_the_hours_to_answer_count_anew(client, postponed):
    registration = offered(postponed)

    send(
        client,
        postponed,
        "change",
        day="2026-12-03",
        start_time="18:00",
        end_time="19:30",
        location="",
        place="",
        tell="on",
    )
    settle_all(AFTER + timedelta(minutes=1))

    assert states(registration) == "offered"
    assert registration.offered_until == AFTER + timedelta(hours=24)
    assert "A seat is held for you until Fri, Nov 27, 10:00 AM" in message_of(registration.mails.get()).body


def test_what_is_on_again_before_its_day_lets_the_hours_count_anew(client, clock, postponed):
    clock.move_to(BEFORE)
    registration = offered(postponed, until=BEFORE - timedelta(hours=1))

    send(client, postponed, "status", status="on", note="")

    assert states(registration) == "offered"
    assert registration.offered_until == BEFORE + timedelta(hours=24)


def test_who_is_moved_to_another_date_answers_for_that_one(client, postponed):
    registration, target = offered(postponed), postponed.event.dates.get(day=NEXT)
    there = offered(target, until=AFTER + timedelta(hours=2))

    send(client, postponed, "people", to=target.pk)
    settle_all(AFTER + timedelta(minutes=1))

    assert states(registration, there) == "offered offered"
    assert [each.offered_until - AFTER for each in (registration, there)] == [timedelta(hours=24), timedelta(hours=2)]


def test_the_people_of_an_event_that_takes_place_once_go_along_with_the_day_in_its_form(clock):
    event = create_event(first_day=TUESDAY, sign_up_by="here")
    event.dates.update(status=DateStatus.POSTPONED)
    registration, waiting_for = create_registration(event.dates.get()), offered(event.dates.get())
    clock.move_to(AFTER)

    event.first_day = date(2026, 12, 3)
    event.save()

    only = event.dates.get()
    assert (only.first_day, only.status) == (date(2026, 12, 3), "on")
    assert states(registration, waiting_for) == "confirmed offered"
    assert waiting_for.offered_until == AFTER + timedelta(hours=24)
    assert registration.mails.get().kind == "date_changed"

"""The coordinator cancels, moves and changes dates: visitors see it at once, and those registered are told."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events import acts
from events.models import DateStatus, Event, EventDate, Registration, RegistrationMail, SeriesChange
from publishing.models import AuditEntry
from tests.factories import create_editor, create_event, create_location, create_registration, create_superuser

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)  # a Sunday, 10 AM in Norwich
TUESDAY, NEXT = date(2026, 11, 24), date(2026, 12, 1)
COORDINATOR = ["view_event", "change_event", "publish_event", "change_eventdate", "view_eventdate"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def coordinator(client):
    user = create_editor(permissions=COORDINATOR)
    client.force_login(user)
    return user


def weekly(**fields):
    values = {"first_day": TUESDAY, "start_time": time(18), "end_time": time(19, 30), "rule": "FREQ=WEEKLY;BYDAY=TU"}
    return create_event(**values | {"sign_up_by": "here", "seats": 20} | fields)


def on(event, day):
    return event.dates.with_event().get(day=day)


def screen(event, rest=""):
    return f"/admin/events/event/{event.pk}/dates/{rest}"


def words(response):
    return " ".join(response.content.decode().split())


def told(response):
    return [str(message) for message in response.wsgi_request._messages]


def mark(*dates):
    return acts.mark_of([EventDate.objects.get(pk=each.pk) for each in dates])


def send(client, event, each, act, **fields):
    values = {f"{act}-{name}": value for name, value in {"seen": mark(each), **fields}.items()}
    return client.post(screen(event, f"{each.pk}/"), {"act": act, **values})


def mails():
    return list(RegistrationMail.objects.order_by("pk").values_list("registration__name", "kind", "message"))


def test_a_date_is_cancelled_with_a_message_to_those_registered(client, coordinator):
    event = weekly(title="Caregivers’ circle")
    each = on(event, NEXT)
    create_registration(each, name="Ada")
    create_registration(each, name="Ben", state=Registration.State.WAITING)
    create_registration(each, name="Cleo", state=Registration.State.CANCELLED)
    create_registration(on(event, TUESDAY), name="Dan")

    page = words(client.get(screen(event, f"{each.pk}/")))
    response = send(
        client,
        event,
        each,
        "status",
        status="cancelled",
        note="The speaker is ill.",
        tell="on",
        message="We are sorry.",
    )

    assert "Send a mail to all 2 who are registered or waiting" in page
    assert response["Location"] == screen(event)
    each.refresh_from_db()
    assert (each.status, each.status_note, each.sequence) == ("cancelled", "The speaker is ill.", 1)
    assert mails() == [("Ada", "date_cancelled", "We are sorry."), ("Ben", "date_cancelled", "We are sorry.")]
    assert told(response) == ["It is done, and visitors see it. Mails go to 2 registrations."]
    entry = AuditEntry.objects.get(action=AuditEntry.Action.STATUS_SET)
    assert (entry.thing_title, entry.details) == ("Caregivers’ circle", "Cancelled: 2026-12-01. The speaker is ill.")
    assert Event.objects.get().sequence == 1


def test_nobody_is_told_where_the_coordinator_does_not_say_so(client, coordinator):
    event = weekly()
    create_registration(on(event, NEXT))

    send(client, event, on(event, NEXT), "status", status="full", note="")

    assert (on(event, NEXT).status, mails()) == ("full", [])


def test_back_on_needs_no_sentence_and_drops_the_old_one(client, coordinator):
    event = weekly()
    each = on(event, NEXT)
    EventDate.objects.filter(pk=each.pk).update(status="cancelled", status_note="The speaker is ill.")

    send(client, event, each, "status", status="on", note="The speaker is ill.")

    each.refresh_from_db()
    assert (each.status, each.status_note) == ("on", "")


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"status": "cancelled", "note": " "}, "note", "Say in a sentence what people should know or do instead."),
        ({"status": "gone", "note": "x"}, "status", "Select a valid choice. gone is not one of the available choices."),
        (
            {"status": "cancelled", "note": "a" * 251},
            "note",
            "Ensure this value has at most 250 characters (it has 251).",
        ),
    ],
)
def test_what_cannot_be_said_is_told_at_its_field(client, coordinator, fields, field, message):
    event = weekly()

    response = send(client, event, on(event, NEXT), "status", **fields)

    assert response.status_code == 200
    assert response.context["forms"]["status"].errors == {field: [message]}
    assert on(event, NEXT).status == "on"


def test_a_date_moves_to_another_day_and_room(client, coordinator):
    place = create_location(name="Mill")
    event = weekly()
    each = on(event, NEXT)
    create_registration(each, name="Ada")

    response = send(
        client,
        event,
        each,
        "change",
        day="2026-12-02",
        start_time="17:00",
        end_time="19:30",
        location=place.pk,
        place="Room 5",
        seats="12",
        tell="on",
    )

    assert response.status_code == 302
    each = on(event, NEXT)
    assert (each.first_day, each.start_time, each.end_time) == (date(2026, 12, 2), time(17), time(19, 30))
    assert (each.moved_to, each.moved_start, each.moved_end) == (date(2026, 12, 2), time(17), None)
    assert (each.where, each.seats_in_all) == ((place, "Room 5"), 12)
    assert mails() == [("Ada", "date_changed", "")]


def test_as_the_series_has_it_is_no_longer_moved(client, coordinator):
    event = weekly(place="Room 1")
    each = on(event, NEXT)
    usual = {"start_time": "18:00", "end_time": "19:30", "place": "Room 1", "seats": "20"}
    send(client, event, each, "change", **usual | {"day": "2026-12-03", "place": "Room 9"})

    send(client, event, each, "change", **usual, day="2026-12-01")

    each = on(event, NEXT)
    assert (each.is_moved, each.place, each.seats, each.first_day) == (False, "", None, NEXT)


def test_a_postponed_date_with_a_new_day_takes_place(client, coordinator):
    event = weekly()
    each = on(event, NEXT)
    EventDate.objects.filter(pk=each.pk).update(status="postponed", status_note="Snow.")

    send(client, event, each, "change", day="2026-12-03", start_time="18:00", end_time="19:30")

    each = on(event, NEXT)
    assert (each.status, each.status_note, each.first_day) == ("on", "", date(2026, 12, 3))


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"day": ""}, "day", "This field is required."),
        ({"day": "2026-11-01"}, "day", "This time is past. Choose a later one."),
        ({"day": "9999-12-31"}, "day", "Give a day between the years 1900 and 2200."),
        ({"end_time": "17:00"}, "end_time", "The event would end before it begins."),
        (
            {"day": "2027-03-14", "start_time": "02:30", "end_time": "04:00"},
            "start_time",
            "On that day the clocks are set forward and this time does not exist.",
        ),
        ({"day": "2026-12-08"}, "day", "The event has another date at this very time already."),
        ({"seats": "0"}, "seats", "Ensure this value is greater than or equal to 1."),
    ],
)
def test_a_move_that_cannot_be_is_told_at_its_field(client, coordinator, fields, field, message):
    event = weekly()

    values = {"day": "2026-12-02", "start_time": "18:00", "end_time": "19:30", **fields}
    response = send(client, event, on(event, NEXT), "change", **values)

    assert response.status_code == 200
    assert response.context["forms"]["change"].errors == {field: [message]}
    assert on(event, NEXT).is_moved is False


@pytest.mark.parametrize("act", ["status", "change"])
def test_who_looked_at_something_else_is_told(client, coordinator, act):
    event = weekly()
    each = on(event, NEXT)
    values = {"status": "cancelled", "note": "Snow.", "day": "2026-12-02", "start_time": "18:00", "end_time": "19:30"}

    response = send(client, event, each, act, **values, seen="another")

    assert told(response) == [
        "Somebody has changed the dates since you opened this page. Here they are as they are now."
    ]
    each = on(event, NEXT)
    assert (each.status, each.is_moved) == ("on", False)


def test_a_press_on_the_button_twice_tells_once(client, coordinator, clock):
    event = weekly()
    each = on(event, NEXT)
    create_registration(each)
    seen = mark(each)

    for _press in range(2):
        clock.shift(1)
        send(client, event, each, "status", status="cancelled", note="Snow.", tell="on", seen=seen)

    assert len(mails()) == 1


def test_several_dates_are_cancelled_with_one_message(client, coordinator):
    event = weekly()
    chosen = [on(event, TUESDAY), on(event, NEXT)]
    create_registration(chosen[0], name="Ada")
    create_registration(chosen[1], name="Ben")
    keys = [each.pk for each in chosen]

    page = words(client.get(screen(event, "several/"), {"date": keys}))
    response = client.post(
        screen(event, "several/"),
        {
            "act": "status",
            "date": keys,
            "status": "cancelled",
            "note": "No teacher.",
            "seen": mark(*chosen),
            "tell": "on",
            "message": "Sorry.",
        },
    )

    assert "Send a mail to all 2 who are registered or waiting" in page
    assert response.status_code == 302
    assert event.dates.filter(status="cancelled").count() == 2
    assert mails() == [("Ada", "date_cancelled", "Sorry."), ("Ben", "date_cancelled", "Sorry.")]


def test_all_coming_dates_are_cancelled(client, coordinator):
    event = weekly(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=5")

    client.post(
        screen(event, "several/"),
        {"act": "status", "all": "1", "status": "cancelled", "note": "It ends.", "seen": mark(*event.dates.all())},
    )

    assert set(event.dates.values_list("status", flat=True)) == {"cancelled"}


@pytest.mark.parametrize("query", [{}, {"date": "77777"}, {"date": "x"}, {"date": "9" * 40}])
def test_no_date_chosen_is_told(client, coordinator, query):
    event = weekly()

    response = client.get(screen(event, "several/"), query)

    assert told(response) == ["Choose the dates first: tick them in the list."]


# This date and all later ones


def later(client, event, each, **fields):
    dates = event.dates.filter(day__gte=each.day)
    values = {
        "first_day": "2026-12-01",
        "start_time": "18:00",
        "end_time": "19:30",
        "repeats": "week",
        "ends": "never",
        "extra_days": "",
        "left_out": "",
        "rule": "",
        "seen": mark(*dates),
    }
    return client.post(screen(event, f"{each.pk}/later/"), {**values, **fields})


def test_what_a_change_from_a_day_on_does_is_said_before_it_is_done(client, coordinator):
    event = weekly(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    create_registration(on(event, date(2026, 12, 8)), name="Ada")
    each = on(event, NEXT)

    response = later(
        client,
        event,
        each,
        first_day="2026-12-02",
        ends="count",
        count="3",
        look="1",
        tell="on",
        message="Please look.",
    )

    effect = response.context["effect"]
    assert [(group["label"], group["count"]) for group in effect["groups"]] == [
        ("Added", 3),
        ("Taken away", 2),
        ("No longer in the series, but kept: people are registered", 1),
    ]
    assert effect["told"] == 1
    assert (event.changes.count(), mails(), event.dates.count()) == (0, [], 4)

    response = later(
        client, event, each, first_day="2026-12-02", ends="count", count="3", do="1", tell="on", message="Please look."
    )

    assert response.status_code == 302
    assert [(d.day, d.in_series) for d in event.dates.order_by("day")] == [
        (TUESDAY, True),
        (date(2026, 12, 2), True),
        (date(2026, 12, 8), False),
        (date(2026, 12, 9), True),
        (date(2026, 12, 16), True),
    ]
    assert mails() == [("Ada", "date_changed", "Please look.")]
    assert AuditEntry.objects.filter(action=AuditEntry.Action.SERIES_CHANGED).count() == 1


def test_another_hour_from_a_day_on_keeps_registrations_with_their_date(client, coordinator):
    event = weekly(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    registration = create_registration(on(event, date(2026, 12, 8)))

    later(client, event, on(event, NEXT), start_time="17:00", end_time="18:00", ends="count", count="3", do="1")

    registration.refresh_from_db()
    assert registration.date.start_time == time(17)
    assert [each.start_time.hour for each in event.dates.order_by("day")] == [18, 17, 17, 17]


def test_the_form_proposes_what_is_left_of_the_series(client, coordinator):
    event = weekly(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=4")

    form = client.get(screen(event, f"{on(event, NEXT).pk}/later/")).context["form"]

    assert [form[name].value() for name in ("repeats", "ends", "count", "first_day", "start_time")] == [
        *("week", "count", 3, NEXT, time(18)),
    ]


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        (
            {"first_day": "2026-11-30"},
            "first_day",
            "The first day lies before the one from which all changes.",
        ),
        (
            {"weekdays": ["WE"]},
            "first_day",
            "The series is not on this day of the week or month. Its first day would be Wednesday, Dec. 2, 2026.",
        ),
        ({"first_day": "9999-12-31"}, "first_day", "Give a day between the years 1900 and 2200."),
        (
            {"repeats": "rule", "rule": "FREQ=SECONDLY"},
            "rule",
            "An event can repeat by days, weeks, months or years, and not more often.",
        ),
        ({"ends": "until", "until": "2020-01-01"}, "until", "The series would end before its first day."),
        ({"end_time": "17:00"}, "end_time", "The event would end before it begins."),
    ],
)
def test_a_change_that_cannot_be_is_told_at_its_field(client, coordinator, fields, field, message):
    event = weekly()

    response = later(client, event, on(event, NEXT), **fields, do="1")

    assert response.status_code == 200
    assert {name: list(texts) for name, texts in response.context["form"].errors.items()} == {field: [message]}
    assert event.changes.count() == 0


def test_a_change_of_the_series_is_taken_back(client, coordinator):
    event = weekly(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    later(client, event, on(event, NEXT), first_day="2026-12-02", ends="count", count="3", do="1")
    change = event.changes.get()

    page = words(client.get(screen(event, f"changes/{change.pk}/")))
    seen = mark(*event.dates.filter(day__gte=change.from_day))
    response = client.post(screen(event, f"changes/{change.pk}/"), {"seen": seen})

    assert "Added: 3" in page
    assert response.status_code == 302
    assert [each.day for each in event.dates.order_by("day")] == [
        *(TUESDAY, NEXT, date(2026, 12, 8), date(2026, 12, 15)),
    ]
    assert SeriesChange.objects.count() == 0


# People on a day that the series no longer names


def test_people_on_a_lost_day_are_a_warning_and_can_be_moved(client, coordinator):
    event = weekly(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    lost = on(event, date(2026, 12, 8))
    ada = create_registration(lost, name="Ada")
    event.left_out = [date(2026, 12, 8)]
    event.save()

    page = words(client.get(screen(event)))
    form = words(client.get(f"/admin/events/event/{event.pk}/change/"))
    target = on(event, NEXT)
    response = send(client, event, lost, "people", to=target.pk, tell="on", message="A week earlier.")

    assert "People are registered for a date that the series no longer has" in page
    assert "People are registered for 1 date that the series no longer has." in form
    assert response.status_code == 302
    ada.refresh_from_db()
    assert ada.date == target
    assert EventDate.objects.filter(pk=lost.pk).count() == 0
    assert mails() == [("Ada", "date_changed", "A week earlier.")]


def without_a_day(event):
    """Let `event` have no day any more, as the form does."""
    event.timing, event.sign_up_by, event.rule = Event.Timing.ANY_TIME, Event.SignUp.NONE, ""
    event.first_day = event.start_time = event.end_time = None
    event.full_clean()
    event.save()


def test_a_date_kept_of_an_event_without_a_day_cannot_get_another_day(client, coordinator):
    event = weekly()
    kept = on(event, NEXT)
    create_registration(kept)
    without_a_day(event)

    page = client.get(screen(event, f"{kept.pk}/"))
    response = send(client, event, kept, "change", day="2026-12-03", start_time="18:00")

    assert [page.status_code, list(page.context["forms"])] == [200, ["status"]]
    assert told(response) == ["This cannot be done with the date any more. Here is what can."]


def test_what_is_changed_while_the_event_loses_its_day_is_refused():
    event = weekly()
    kept = on(event, NEXT)
    create_registration(kept)
    without_a_day(event)
    values = {"day": NEXT, "start_time": time(19), "end_time": None, "where": (None, ""), "seats": None}

    with pytest.raises(ValidationError, match="The event has no day any more"):
        acts.change(kept, **values, message=None, user=None, seen=mark(kept))


def test_a_date_kept_of_an_event_without_a_day_is_cancelled(client, coordinator):
    event = weekly()
    kept = on(event, NEXT)
    create_registration(kept, name="Ada")
    without_a_day(event)

    send(client, event, kept, "status", status="cancelled", note="From now on at any time.", tell="on")

    assert (on(event, NEXT).status, mails()) == ("cancelled", [("Ada", "date_cancelled", "")])


def test_people_are_moved_to_a_date_that_takes_place_only():
    event = weekly()
    source, target = on(event, TUESDAY), on(event, NEXT)
    EventDate.objects.filter(pk=target.pk).update(status=DateStatus.CANCELLED)

    with pytest.raises(ValidationError):
        acts.move_people(source, target, message=None, user=create_superuser(), seen=mark(source, target))


# The list


def test_the_list_tells_the_dates_with_their_states_and_seats(client, coordinator):
    event = weekly()
    create_registration(on(event, TUESDAY), party=3)
    create_registration(on(event, TUESDAY), party=2, state=Registration.State.WAITING)
    EventDate.objects.filter(day=NEXT).update(status="cancelled", status_note="Snow.")

    page = words(client.get(screen(event)))

    assert "Tue, Nov 24, 2026, 6:00 PM – 7:30 PM" in page
    assert "3 of 20 taken</td>" in page
    assert "2 waiting</td>" in page
    assert 'state--expired">Cancelled</span><br>Snow.' in page


def test_past_dates_are_listed_on_request_and_stay(client, coordinator):
    event = weekly(first_day=date(2026, 11, 17))

    page = words(client.get(screen(event), {"past": "1"}))
    response = client.get(screen(event, f"{on(event, date(2026, 11, 17)).pk}/"))

    assert "Tue, Nov 17, 2026" in page
    assert "Tue, Nov 24, 2026" not in page
    assert response["Location"] == screen(event) + "?past=1"


def test_who_may_not_publish_sees_the_dates_and_does_nothing(client):
    event = weekly()
    each = on(event, NEXT)
    client.force_login(create_editor(permissions=["view_event", "change_event", "change_eventdate"]))

    listed = client.get(screen(event))
    answers = [client.get(screen(event, rest)).status_code for rest in (f"{each.pk}/", f"{each.pk}/later/", "several/")]

    assert "for those who may publish" in words(listed)
    assert answers == [302, 403, 403]
    assert send(client, event, each, "status", status="cancelled", note="x").status_code == 403


@pytest.mark.parametrize("timing", ["any_time", "announced"])
def test_an_event_without_a_day_has_no_dates(client, coordinator, timing):
    event = create_event(timing=timing)

    assert "This event has no day, so it has no dates." in words(client.get(screen(event)))


def test_a_date_that_is_gone_is_not_found(client, coordinator):
    event = weekly()

    assert client.get(screen(event, "77777/")).status_code == 404
    assert client.get(screen(event, "77777/later/")).status_code == 404
    assert client.get(screen(event, "changes/77777/")).status_code == 302

"""The page of one registration, for whoever has its link."""

from datetime import timedelta

import pytest
import time_machine

from events.models import DateStatus, Event, EventDate, Registration
from events.registration_links import registration_link, token_of
from tests.events.registrations import BEGINS, WEEK_BEFORE, come, one_date, states
from tests.factories import create_registration

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        yield clock


def said(response):
    return response.content.decode()


def press(client, registration, do, **fields):
    return client.post(registration_link(registration), {"do": do, **fields})


def test_the_page_shows_what_was_told_and_tells_nobody_its_address(client):
    registration = come(one_date(title="First aid"), name="Ana", party=2, answers=[{"question": "Q?", "answer": "A"}])

    response = client.get(registration_link(registration))

    for words in ("You are registered", "First aid", "Ana", "Q?", registration.email, "Seats are kept for 2 people."):
        assert words in said(response)
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex' in said(response)
    assert response.cookies == {}


def test_looking_at_the_page_changes_nothing(client, django_assert_max_num_queries):
    registration = come(one_date())
    client.get(registration_link(registration))
    before = Registration.objects.values().get()

    client.get(registration_link(registration) + "?do=cancel")

    assert Registration.objects.values().get() == before


def with_another_end(token):
    return token[:-1] + ("B" if token.endswith("A") else "A")


@pytest.mark.parametrize("change", [with_another_end, lambda token: "x", lambda token: token + "é"])
def test_a_forged_link_is_told_apart_from_one_whose_time_is_over(client, change):
    registration = come(one_date())
    forged = client.get(f"/events/registration/{change(token_of(registration))}/")
    link = registration_link(registration)
    registration.delete()
    over = client.get(link)

    assert (forged.status_code, over.status_code) == (410, 410)
    assert "This link is not good" in said(forged)
    assert "all that was told with it was deleted" in said(over)


def test_the_number_of_people_is_changed(client):
    registration = come(one_date(seats=4))

    response = press(client, registration, "change", party="3", phone="")

    assert response.status_code == 302
    registration.refresh_from_db()
    assert registration.party == 3


def test_more_people_than_fit_are_refused_in_a_sentence(client):
    date = one_date(seats=3)
    registration = come(date)
    come(date)

    response = press(client, registration, "change", party="3", phone="")

    assert response.status_code == 409
    assert "There are no more seats free. Your registration stays as it was." in said(response)


def test_a_wrong_number_is_said_beside_its_field(client):
    registration = come(one_date())

    response = press(client, registration, "change", party="9", phone="")

    assert response.status_code == 422
    assert "Choose one of these numbers of people." in said(response)


def test_cancelling_asks_first_and_is_shown_then(client):
    registration = come(one_date())

    page = said(client.get(registration_link(registration)))
    response = client.post(registration_link(registration), {"do": "cancel"}, follow=True)

    assert "Your seat goes to somebody else at once. This cannot be undone." in page
    assert states(registration) == "cancelled"
    assert "Your registration is cancelled" in said(response)
    assert "Cancel my registration" not in said(response)


@pytest.mark.parametrize(("do", "state"), [("accept", "confirmed"), ("decline", "cancelled")])
def test_an_offer_is_taken_or_left(client, do, state):
    until = WEEK_BEFORE + timedelta(hours=24)
    registration = create_registration(one_date(), state="offered", offered_until=until)

    page = said(client.get(registration_link(registration)))
    press(client, registration, do)

    assert "Please answer by Saturday, May 29, 10:00 AM EDT." in page
    assert states(registration) == state


def test_an_offer_that_has_ended_is_told_so(client, clock):
    registration = create_registration(one_date(), state="offered", offered_until=WEEK_BEFORE)

    response = press(client, registration, "accept")

    assert response.status_code == 409
    assert "The time to accept this seat has ended" in said(response)


def test_the_link_to_take_part_is_for_those_registered(client):
    date = one_date(online=True, online_url="https://video.example/room", seats=1)
    assert date.event.online_url_for == Event.LinkFor.REGISTERED
    coming, waiting = come(date), come(date)

    assert "https://video.example/room" in said(client.get(registration_link(coming)))
    assert "https://video.example/room" not in said(client.get(registration_link(waiting)))


def test_a_date_that_was_cancelled_is_said_on_top(client):
    registration = come(one_date())
    EventDate.objects.update(status=DateStatus.CANCELLED, status_note="The nurse is ill.")

    page = said(client.get(registration_link(registration)))

    assert "This date does not take place." in page
    assert "The nurse is ill." in page
    assert "event.ics" not in page


def test_after_the_date_nothing_can_be_changed(client, clock):
    registration = come(one_date())
    clock.move_to(BEGINS + timedelta(days=1))

    page = said(client.get(registration_link(registration)))

    assert "This date is over." in page
    assert '<button class="button button--quiet" type="submit" name="do"' not in page
    assert press(client, registration, "cancel").status_code == 409


def test_a_button_that_does_not_exist_is_told_so(client):
    assert press(client, come(one_date()), "delete-all").status_code == 400


def test_the_calendar_file_has_the_date(client):
    registration = come(one_date(title="First aid; with a very, very careful\\nurse"))

    response = client.get(f"{registration_link(registration)}event.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"BEGIN:VEVENT" in response.content
    assert b"First aid\\; with a very\\, very careful" in response.content


def test_another_site_cancels_nothing(client):
    registration = come(one_date())

    response = client.post(registration_link(registration), {"do": "cancel"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert states(registration) == "confirmed"


def test_the_page_of_an_event_that_was_taken_down_still_lets_people_cancel(client):
    registration = come(one_date())
    Event.objects.update(published_at=None)

    assert press(client, registration, "cancel").status_code == 302
    assert states(registration) == "cancelled"

"""Mails that the site writes by itself: alerts, and emergency rooms and locations that are closed or open again."""

from datetime import UTC, datetime, timedelta

import pytest

from newsletter.announcing import announce
from newsletter.marks import LEAVE, PREFERENCES
from newsletter.models import Mailing, MailingList
from newsletter.status_news import AT_MOST_EVERY, tell_status_changes
from tests.factories import create_department, create_location, create_mailing_list
from tests.newsletter.mailings import states, subscribe

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)  # on the hospital's clock
MINUTE = timedelta(minutes=1)
ER_CLOSED = {"status": "closed", "status_text": "Go to Windham Hospital."}


@pytest.fixture
def reader():
    """Somebody who asked for changes at emergency rooms and locations."""
    return subscribe(create_mailing_list(sends=MailingList.Sends.STATUS_CHANGES))


def change(thing, **fields):
    type(thing).objects.filter(pk=thing.pk).update(**fields)


def rounds(first, last):
    """Run the job each minute from `first` to `last`, in minutes after noon; return the mailings it made."""
    made = [tell_status_changes(NOON + each * MINUTE) for each in range(first, last + 1)]
    return [mailing for mailing in made if mailing is not None]


def test_an_announcement_goes_once_to_the_lists_of_its_kind_with_links_to_leave():
    reader = subscribe(create_mailing_list(sends=MailingList.Sends.SITE_ALERTS))
    subscribe(create_mailing_list())
    told = {"subject": "Warning:\nwater", "text": "No water.", "address": "https://x.org/", "occasion": "alert/1"}

    mailing = announce(MailingList.Sends.SITE_ALERTS, **told)

    assert announce(MailingList.Sends.SITE_ALERTS, **told) is None
    assert (states(mailing), mailing.subject, mailing.html) == ({reader.email: "waiting"}, "Warning: water", "")
    assert mailing.text.startswith("No water.\n\nThe newest is here:\nhttps://x.org/\n")
    assert (mailing.text.count(LEAVE), mailing.text.count(PREFERENCES)) == (1, 1)


def test_without_a_list_of_its_kind_nothing_is_announced():
    told = {"subject": "Water", "text": "No water.", "address": "https://x.org/", "occasion": "alert/1"}

    assert announce(MailingList.Sends.SITE_ALERTS, **told) is None
    assert Mailing.objects.count() == 0


def test_what_is_met_for_the_first_time_is_not_told(reader):
    create_department(**ER_CLOSED)

    assert rounds(0, 40) == []


def test_an_emergency_room_that_closes_is_told_with_time_zone_link_and_911(reader):
    department = create_department(name="Backus ER", slug="backus-er")
    rounds(0, 0)
    change(department, **ER_CLOSED, status_until=NOON + timedelta(hours=3))

    [mailing] = rounds(1, 10)

    assert mailing.subject == "Backus ER: Temporarily closed"
    assert mailing.text.split("\n\n")[:3] == [
        "Backus ER: Temporarily closed\nGo to Windham Hospital.\nUntil Fri, Nov 20, 3:00 PM EST.",
        "Status as of Fri, Nov 20, 12:02 PM EST. In an emergency, call 911.",
        "The newest is here:\nhttp://127.0.0.1:8000/er/backus-er/",
    ]
    assert states(mailing) == {reader.email: "waiting"}


def test_a_status_that_ends_by_itself_is_told_as_well(reader):
    department = create_department(name="Backus ER")
    rounds(0, 0)
    change(department, **ER_CLOSED, status_until=NOON + 60 * MINUTE)

    subjects = [mailing.subject for mailing in rounds(1, 90)]

    assert subjects == ["Backus ER: Temporarily closed", "Backus ER: Open as usual"]


def test_a_wrong_button_that_is_taken_back_is_not_told(reader):
    department = create_department()
    rounds(0, 0)
    change(department, **ER_CLOSED)
    rounds(1, 1)
    change(department, status="normal")

    assert rounds(2, 60) == []


def test_a_status_that_flaps_makes_no_storm_and_the_newest_is_told(reader):
    department = create_department(name="Backus ER")
    rounds(0, 0)
    made = []
    for minute in range(1, 40, 2):  # 20 changes
        change(department, status="closed" if minute % 4 == 1 else "limited", status_text="")
        made += rounds(minute, minute + 1)
    made += rounds(41, 100)

    assert len(made) == 2
    assert made[1].made_at - made[0].made_at >= AT_MOST_EVERY
    assert made[1].subject == "Backus ER: Limited"


def test_places_that_change_at_once_are_told_in_one_mail(reader):
    places = [create_location(name="Main campus"), create_location(name="Plainfield")]
    rounds(0, 0)
    for place in places:
        change(place, status="closed", status_note="Snow.")

    [mailing] = rounds(1, 5)

    assert mailing.subject == "Changes at 2 places"
    assert "Main campus: Temporarily closed\nSnow.\n\nPlainfield: Temporarily closed\nSnow." in mailing.text


def test_what_is_made_up_or_not_live_is_not_told(reader):
    places = [create_location(demonstration=True), create_location(published_at=None)]
    rounds(0, 0)
    for place in places:
        change(place, status="closed", status_note="Snow.")

    assert rounds(1, 5) == []

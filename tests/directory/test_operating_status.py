"""A keeper says that a place does not work as usual, and visitors see it at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from backus_site.roles import ROLES
from directory.models import Location
from directory.operating_status import ChangedMeanwhileError, mark_of, set_status
from publishing import drafting, history
from publishing.checks import findings
from publishing.models import AuditEntry
from publishing.snapshots import take
from tests.directory.test_place_now import words_in
from tests.factories import (
    create_editor,
    create_hours,
    create_image,
    create_location,
    create_offering,
    create_person,
    create_service,
    create_superuser,
)

pytestmark = pytest.mark.django_db

KEEPER = ["view_location", "change_location", "publish_location"]


def screen_of(location):
    return f"/admin/directory/location/{location.pk}/operating-status/"


def send(client, location, **fields):
    return client.post(screen_of(location), {"status": "closed", "note": "", "seen": mark_of(location), **fields})


def changed_beside(location, **fields):
    """Keep a draft beside the live `location` in which `fields` are otherwise."""
    base = history.begin(location)
    stored = {name: getattr(location, name) for name in fields}
    Location.objects.filter(pk=location.pk).update(**fields)
    draft = take(Location.objects.get(pk=location.pk))
    Location.objects.filter(pk=location.pk).update(**stored)
    drafting.save(location, draft, base=base, user=create_superuser())


def test_a_keeper_closes_a_place_and_visitors_see_it_at_once(client):
    location = create_location(name="Mill")
    client.force_login(create_editor(permissions=KEEPER))

    response = send(client, location, note="Water in the basement.")

    assert (response.status_code, response["Location"]) == (302, "/admin/directory/location/")
    client.logout()
    assert "Temporarily closed Water in the basement." in words_in(client.get("/locations/"))
    entry = AuditEntry.objects.get(action=AuditEntry.Action.STATUS_SET)
    assert (entry.thing_title, entry.details) == ("Mill", "Temporarily closed: Water in the basement.")


def test_open_as_usual_needs_neither_note_nor_end(client):
    location = create_location(status="closed", status_note="Water.", status_until=timezone.now() + timedelta(days=1))
    client.force_login(create_editor(permissions=KEEPER))

    send(client, location, status="normal", note="Water.", until="2099-01-01T08:00")

    location.refresh_from_db()
    assert (location.status, location.status_note, location.status_until) == ("normal", "", None)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param({"note": "  "}, "Say in a sentence what visitors should know or do instead.", id="no-note"),
        pytest.param({"note": "a" * 251}, "at most 250 characters", id="long-note"),
        pytest.param({"note": "Water.", "until": "2020-01-01T08:00"}, "This time is past.", id="past"),
        pytest.param({"note": "Water.", "until": "soon"}, "Enter a valid date/time.", id="no-time"),
        pytest.param({"note": "Water\0"}, "Null characters are not allowed.", id="nul"),
        pytest.param({"note": "Water.", "status": "gone"}, "Select a valid choice.", id="no-such-status"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changes(client, fields, told):
    location = create_location()
    client.force_login(create_editor(permissions=KEEPER))

    response = send(client, location, **fields)

    assert response.status_code == 200
    assert told in response.content.decode()
    location.refresh_from_db()
    assert location.status == "normal"


def test_the_draft_beside_the_page_neither_delays_nor_undoes_it(client):
    location = create_location(name="Mill", summary="Old words.")
    changed_beside(location, summary="New words.")

    set_status(location, status="closed", note="Water.", until=None, user=create_superuser(), seen=mark_of(location))
    assert Location.objects.get().status == "closed"

    drafting.publish(Location.objects.get(), user=create_superuser())
    published = Location.objects.get()
    assert (published.summary, published.status, published.status_note) == ("New words.", "closed", "Water.")


def test_two_who_say_it_at_once_are_told(client):
    location = create_location()
    mark = mark_of(location)
    user = create_superuser()
    set_status(location, status="closed", note="Water.", until=None, user=user, seen=mark)

    with pytest.raises(ChangedMeanwhileError):
        set_status(location, status="limited", note="No lab.", until=None, user=user, seen=mark)

    client.force_login(user)
    response = client.post(screen_of(location), {"status": "normal", "seen": mark}, follow=True)
    assert "Somebody has changed the status since you opened this page." in response.content.decode()
    assert Location.objects.get().status == "closed"


@pytest.mark.parametrize(
    ("permissions", "published", "may"),
    [
        pytest.param(["view_location"], True, False, id="who-looks"),
        pytest.param(["view_location", "change_location"], True, False, id="who-writes-drafts"),
        pytest.param(["view_location", "change_location"], False, True, id="who-writes-this-draft"),
        pytest.param(KEEPER, True, True, id="who-keeps-the-directory"),
    ],
)
def test_only_keepers_say_what_visitors_see(client, permissions, published, may):
    location = create_location() if published else create_location(published_at=None)
    client.force_login(create_editor(permissions=permissions))

    assert client.get(screen_of(location)).status_code == (200 if may else 403)


def test_the_directorys_keepers_may():
    assert "publish" in ROLES["Directory maintainer"]["directory.location"]


def test_the_list_tells_what_visitors_see_and_finds_what_has_ended(client):
    create_location(name="Mill", status="closed", status_note="Water.")
    create_location(name="Pearl", status="limited", status_note="No lab.", status_until=timezone.now())
    create_location(name="Usual")
    client.force_login(create_superuser())

    def listed(**query):
        return [place.name for place in client.get("/admin/directory/location/", query).context["cl"].result_list]

    assert listed(works="unusual") == ["Mill"]
    assert listed(works="ended") == ["Pearl"]
    assert listed(works="normal") == ["Pearl", "Usual"]
    assert listed(works="closed") == ["Mill"]
    content = client.get("/admin/directory/location/").content.decode()
    assert "(the status has ended)" in content


def test_the_form_of_a_place_tells_its_status_and_leads_to_it(client):
    location = create_location(status="closed", status_note="Water.")
    client.force_login(create_superuser())

    content = client.get(f"/admin/directory/location/{location.pk}/change/").content.decode()

    assert "Operating status: <strong>Temporarily closed</strong> · Water." in content
    assert content.count(f'href="{screen_of(location)}"') == 2


def test_no_status_is_stored_without_a_sentence():
    with pytest.raises(IntegrityError), transaction.atomic():
        create_location(status="closed")


def test_hours_that_nobody_sees_are_told_before_they_are_published():
    location = create_location(hours="Mornings")
    location.photos.create(image=create_image())
    create_hours(location)

    assert [found.code for found in findings(location)] == ["hours-twice"]


def test_walk_in_and_by_appointment_are_told():
    service = create_service()
    create_offering(service=service, walk_in=True, hours="by appointment")
    create_offering(service=service, walk_in=True, hours="Mon 8 AM-noon; by appointment")

    assert [found.code for found in findings(service)] == ["walk-in-by-appointment"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        pytest.param({"specialties": "Surgery", "accepting_new_patients": True}, [], id="a-doctor"),
        pytest.param({"specialties": ""}, ["no-specialty"], id="a-doctor-for-nothing"),
        pytest.param(
            {"provider": False, "leadership_position": 1, "accepting_new_patients": True},
            ["accepts-without-care"],
            id="a-leader-who-takes-patients",
        ),
        pytest.param({"provider": False, "leadership_position": 1}, [], id="a-leader"),
    ],
)
def test_contradicting_facts_of_a_person_are_told(fields, codes):
    assert [found.code for found in findings(create_person(**fields))] == codes

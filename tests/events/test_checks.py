"""What is found in an event before it goes live."""

from datetime import date, time

import pytest

from events.health_words import health_words
from events.models import Question
from publishing.checks import findings
from tests.factories import create_event, create_location, create_superuser

pytestmark = pytest.mark.django_db


def codes(event):
    return [finding.code for finding in findings(event) if finding.code.startswith(("event-", "question-"))]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"place": "Room 1"}, []),
        ({}, ["event-nowhere"]),
        ({"timing": "any_time"}, []),
        ({"online": True}, []),
        ({"place": "Room 1", "end_time": None}, ["event-no-end"]),
        (
            {"online": True, "online_url": "https://meet.example.org/1", "online_url_for": "everybody"},
            ["event-open-link"],
        ),
        ({"online": True, "online_url": "https://meet.example.org/1"}, []),
        ({"place": "Room 1", "sign_up_by": "here"}, ["event-no-seats"]),
        ({"place": "Room 1", "sign_up_by": "here", "seats": 3}, []),
        ({"online": True, "sign_up_by": "here", "seats": 3}, ["event-no-link"]),
    ],
)
def test_what_people_would_ask_is_found(fields, found):
    assert codes(create_event(**fields)) == found


def test_a_location_is_a_place():
    assert codes(create_event(location=create_location())) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What is your diagnosis?", ["diagnosis"]),
        ("Do you take any medications or have ALLERGIES?", ["medications", "ALLERGIES"]),
        ("Date of birth", ["Date of birth"]),
        ("Insurance and SSN", ["Insurance", "SSN"]),
        ("¿Cuál es su fecha de nacimiento?", ["fecha de nacimiento"]),
        ("How did you hear of us?", []),
        ("Do you need a ride? How many children come along?", []),
        ("Are you agency staff?", []),
        ("", []),
        ("\x00<script>", []),
    ],
)
def test_words_about_health_are_found(text, words):
    assert health_words(text) == words


def test_a_question_about_health_is_a_warning_when_saved_and_before_publishing(client):
    event = create_event(place="Room 1", published_at=None, first_day=date(2026, 12, 1), start_time=time(9))
    client.force_login(create_superuser())

    response = client.post(
        f"/admin/events/event/{event.pk}/change/",
        {
            "title": event.title,
            "slug": event.slug,
            "timing": "at_a_time",
            "repeats": "once",
            "place": "Room 1",
            "first_day": "2026-12-01",
            "start_time": "09:00",
            "end_time": "10:00",
            "online_url_for": "registered",
            "sign_up_by": "none",
            "party_most": 4,
            "accept_hours": 24,
            "closes_hours": 0,
            "keep_days": 30,
            "questions-TOTAL_FORMS": 1,
            "questions-INITIAL_FORMS": 0,
            "questions-0-event": event.pk,
            "questions-0-position": 0,
            "questions-0-text": "Which medication?",
            "questions-0-kind": "line",
        },
        follow=True,
    )

    told = [str(message) for message in response.context["messages"]]
    assert any("It asks about “medication”." in text for text in told)
    assert Question.objects.get().text == "Which medication?"
    event.refresh_from_db()
    assert codes(event) == ["question-health"]

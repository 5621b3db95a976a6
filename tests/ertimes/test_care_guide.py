"""“Urgent or emergency?”"""

import re

import pytest

pytestmark = pytest.mark.django_db

HEADINGS = ["Call 911", "Go to the emergency department", "Go to urgent care"]


@pytest.mark.parametrize("address", ["/er/urgent-or-emergency/", "/er/"])
def test_the_gravest_comes_first(client, address):
    text = client.get(address).content.decode()

    cards = re.search(r'<div class="care-guide">.*?</ol>', text, re.DOTALL)[0]
    assert re.findall(r"<h3>([^<]+)</h3>", cards) == HEADINGS
    assert 'href="tel:911"' in cards
    assert "Do not drive." in cards


def test_who_is_not_sure_is_told_to_call_or_to_come(client):
    text = client.get("/er/urgent-or-emergency/").content.decode()

    assert "If you are not sure, do not lose time over it: call 911, or come to the emergency department." in text


@pytest.mark.parametrize("address", ["/er/urgent-or-emergency/", "/er/"])
def test_urgent_care_is_named_where_there_is_some(client, settings, address):
    named = client.get(address).content.decode()
    settings.URGENT_CARE = ""
    nameless = client.get(address).content.decode()

    assert "GoHealth Urgent Care sees patients on the same day." in named
    assert ("GoHealth" in nameless, "7 days a week" in nameless) == (False, False)


def test_it_costs_the_frame_alone(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/er/urgent-or-emergency/")

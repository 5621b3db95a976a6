"""The phone list on paper."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
import time_machine

from directory.qr_code import qr_code
from tests.factories import create_check, create_contact, create_section

pytestmark = pytest.mark.django_db

PRINT = "/contact/print/"


def test_the_list_says_of_which_day_it_is_and_where_the_newest_one_stands(client, settings):
    settings.SITE_URL = "https://www.example.org"
    create_contact(number="860-889-8331")

    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC)):
        response = client.get(PRINT)

    content = response.content.decode()
    assert "As of November 23, 2026. Numbers change: the newest list is at www.example.org/contact/" in content
    assert 'src="/contact/qr.svg"' in content


def test_numbers_that_were_checked_are_marked_and_the_mark_is_explained(client):
    contact = create_contact(number="860-889-8331 ext. 2215")
    assert "✓" not in client.get(PRINT).content.decode()

    create_check(contact=contact, checked_at=datetime(2026, 6, 15, 12, tzinfo=UTC))

    content = client.get(PRINT).content.decode()
    assert "✓ 6/2026" in content
    assert "Somebody rang the number in this month" in content


def test_one_section_is_printed_by_itself(client):
    create_contact(name="Gift Shop", section=create_section(name="Programs", slug="programs"))
    create_contact(name="Main", section=create_section(name="Important", slug="important"))

    response = client.get(PRINT, {"section": "programs"})

    assert [[entry.name for entry in each.entries] for each in response.context["sheet"]] == [["Gift Shop"]]
    assert "phone-sheet--section" in response.content.decode()


def test_the_code_is_a_picture_of_our_own_that_opens_the_list(client, settings):
    settings.SITE_URL = "https://www.example.org"

    response = client.get("/contact/qr.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content == qr_code("https://www.example.org/contact/")
    assert client.get("/es/contact/qr.svg").content == qr_code("https://www.example.org/es/contact/")


def test_the_code_needs_neither_style_nor_script():
    picture = ElementTree.fromstring(qr_code("https://www.example.org/contact/"))  # noqa: S314  we made it

    attributes = {name for element in picture.iter() for name in element.attrib}
    assert attributes & {"style", "class", "onload", "href"} == set()
    assert "viewBox" in attributes

"""Who finds the screen, and of which department."""

import re

import pytest

from ertimes.models import WaitTimeReading
from publishing.dashboard import panels_for
from tests.ertimes.set_wait.screen import CHOICE, address, press, said, text
from tests.factories import create_department, create_editor, create_reading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("permissions", "deeds"),
    [
        (["add_waittimereading"], {"wait", "no_number", "feed"}),
        (["change_emergencydepartment"], {"status"}),
        (["change_waittimereading"], {"confirm", "withdraw"}),
    ],
)
def test_each_right_opens_its_part_alone(client, department, held, permissions, deeds):
    client.force_login(create_editor(permissions=permissions))

    page = client.get(address(department))
    refused = {
        deed
        for deed in ("wait", "no_number", "feed", "status", "confirm", "withdraw")
        if client.post(address(department), {"deed": deed}).status_code == 403
    }

    assert page.status_code == 200
    assert refused == {"wait", "no_number", "feed", "status", "confirm", "withdraw"} - deeds


def test_others_find_neither_the_screen_nor_a_link_to_it(client, department):
    client.force_login(create_editor(permissions=["view_emergencydepartment"]))

    assert [client.get(each).status_code for each in (CHOICE, address(department))] == [403, 403]
    assert client.post(address(department), {"deed": "wait"}).status_code == 403
    for page in ("/admin/", "/admin/ertimes/emergencydepartment/"):
        assert "set-wait" not in client.get(page).content.decode(), page


def test_a_visitor_is_led_to_the_login(client, department):
    assert client.get(address(department)).status_code == 302
    assert client.post(address(department), {"deed": "wait", "quick": "45"}).status_code == 302
    assert not WaitTimeReading.objects.exists()


def test_one_department_is_opened_at_once_and_of_several_one_is_chosen(desk, department):
    assert desk.get(CHOICE)["Location"] == address(department)

    second = create_department(name="Plainfield")
    create_department(name="Not yet", published_at=None)
    page = desk.get(CHOICE)

    assert re.findall(r'href="([^"]*set-wait/\d+/)"', page.content.decode()) == [address(department), address(second)]
    assert "Not yet" not in text(page)


def test_without_a_department_the_screen_says_so(desk):
    assert "There is no emergency department that visitors see." in text(desk.get(CHOICE))
    assert desk.get(f"{CHOICE}1/").status_code == 404


def test_a_press_that_nobody_knows_changes_nothing(desk, department):
    press(desk, department, "explode")

    assert said(desk, department) == ["Nothing was changed: this page has sent nothing that can be done."]


def test_the_screen_is_linked_from_the_front_page_and_the_list(desk, department, nurse):
    create_reading(department=department, minutes=25)

    [panel, *_others] = panels_for(nurse)

    assert (panel.title, [(row.title, row.address, row.detail, row.button) for row in panel.rows]) == (
        "ER waits now",
        [
            (
                "Backus Emergency",
                address(department),
                "Visitors see 25 min, until 1:00 PM at the latest.",
                "Set the wait",
            )
        ],
    )
    assert address(department) in desk.get("/admin/").content.decode()
    assert CHOICE in desk.get("/admin/ertimes/emergencydepartment/").content.decode()


def test_a_feeds_words_and_a_nurses_are_shown_as_text(desk, department):
    press(desk, department, "wait", quick="45", note="<script>alert(1)</script>")

    assert "<script>alert(1)" not in desk.get(address(department)).content.decode()

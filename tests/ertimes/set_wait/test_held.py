"""What is held is told on the screen, and decided there."""

import pytest

from publishing.dashboard import panels_for
from tests.ertimes.set_wait.screen import NOON, address, log, press, said, shown, text
from tests.factories import create_department

pytestmark = pytest.mark.django_db


def test_what_is_held_is_told_with_its_reason(desk, department, held):
    page = text(desk.get(address(department)))

    assert "Held: 990 min The wait jumped. 990 minutes, after 12 minutes at 11:50 AM." in page
    assert "The feed has sent 2 such readings since 11:55 AM. Visitors do not see them." in page


@pytest.mark.parametrize(("deed", "state", "minutes"), [("confirm", "shown", 990), ("withdraw", "withdrawn", 12)])
def test_what_is_held_is_decided_by_one_button(desk, department, held, nurse, deed, state, minutes):
    press(desk, department, deed, reading=held.pk)

    held.refresh_from_db()
    assert (held.state, held.decided_by, held.decided_at) == (state, nurse, NOON)
    assert shown()[0] == minutes
    assert log() == [("wait set", f"Held reading {'confirmed' if deed == 'confirm' else 'withdrawn'}: 990 min")]
    assert "Held:" not in text(desk.get(address(department)))


@pytest.mark.parametrize("reading", ["", "0", "-1", "abc", "9" * 40, "²"])
def test_a_decision_about_nothing_is_told(desk, department, reading):
    press(desk, department, "confirm", reading=reading)

    assert said(desk, department) == [
        "It is not held any more: the feed has taken it back, or somebody else has decided."
    ]


def test_a_held_reading_of_another_department_is_not_decided_here(desk, held):
    elsewhere = create_department()

    press(desk, elsewhere, "confirm", reading=held.pk)

    held.refresh_from_db()
    assert held.state == "held"


def test_the_front_page_tells_of_what_is_held(nurse, department, held):
    [panel] = [panel for panel in panels_for(nurse) if panel.title == "ER waits that need you"]

    [row] = panel.rows
    assert (row.title, row.address, row.urgent) == ("Backus Emergency", address(department), True)
    assert row.detail == ("The wait jumped, Mon, Mar 2, 12:00 PM EST. 985 minutes, after 12 minutes at 11:50 AM.")

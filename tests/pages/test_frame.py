from datetime import UTC, datetime

import pytest

from directory.lifelines import Lifelines
from directory.models import ContactNumber
from pages.frame import Frame, frame
from pages.models import MenuItem, SiteAlert
from tests.factories import create_alert, create_contact, create_menu_item

pytestmark = pytest.mark.django_db

Severity, Menu = SiteAlert.Severity, MenuItem.Menu


def test_a_new_site_has_an_empty_frame():
    assert frame() == Frame(alerts=[], menus={"main": [], "footer": [], "social": []})


def test_the_frame_is_three_queries(django_assert_num_queries):
    for _ in range(3):
        create_alert()
        create_menu_item()
    create_contact(role="main", number="860-889-8331")

    with django_assert_num_queries(3):
        found = frame()
        assert (len(found.alerts), len(found.menus["main"])) == (3, 3)
        assert found.lifelines.main.displayed == "860.889.8331"


def test_numbers_that_a_page_knows_already_are_not_asked_for_again(django_assert_num_queries):
    create_contact(role="main", number="860-889-8331")
    known = Lifelines(main=ContactNumber(number="+18608898332"))

    with django_assert_num_queries(2):
        assert frame(known).lifelines is known


def test_the_most_severe_alert_stands_first_and_the_newest_of_equal_ones():
    notice = create_alert(severity=Severity.NOTICE)
    older = create_alert(severity=Severity.WARNING, published_at=datetime(2021, 1, 1, tzinfo=UTC))
    newer = create_alert(severity=Severity.WARNING, published_at=datetime(2021, 1, 2, tzinfo=UTC))
    emergency = create_alert(severity=Severity.EMERGENCY)
    create_alert(severity=Severity.EMERGENCY, published_at=None)
    create_alert(severity=Severity.EMERGENCY, expires_at=datetime(2021, 1, 2, tzinfo=UTC))

    assert frame().alerts == [emergency, newer, older, notice]


def test_menus_stand_in_their_order():
    second = create_menu_item(menu=Menu.FOOTER, position=2)
    first = create_menu_item(menu=Menu.FOOTER, position=1)
    social = create_menu_item(menu=Menu.SOCIAL)

    assert frame().menus == {"main": [], "footer": [first, second], "social": [social]}


def test_made_up_links_are_left_out_where_the_demonstration_is_off(settings):
    create_menu_item(demonstration=True)
    real = create_menu_item()
    settings.DEMONSTRATION = False

    assert frame().menus["main"] == [real]


def test_an_alert_is_read_line_by_line():
    assert SiteAlert(text="One\r\n\r\n  Two  \n").lines == ["One", "Two"]
    assert SiteAlert(text="").lines == []

"""The café's menu: this week's at one address, each week's at its own, with allergens in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from news.models import CafeDish, CafeMenu
from publishing.checks import findings
from search.rebuilding import rebuild
from tests.factories import create_cafe_menu, create_editor, create_superuser
from tests.publishing.desk.forms import change_address, opened, save

pytestmark = pytest.mark.django_db

WEEK = date(2026, 6, 8)
# Sunday evening in Norwich, when it is Monday already in Greenwich; and the minute after its midnight.
SUNDAY_LATE = datetime(2026, 6, 15, 3, 59, tzinfo=UTC)
MONDAY_EARLY = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 6, 9, 16, tzinfo=UTC)


def page(client, at=TUESDAY, address="/cafe/"):
    with time_machine.travel(at, tick=False):
        response = client.get(address)
    return response, " ".join(response.content.decode().split())


def test_the_page_of_a_new_site_says_that_there_is_no_menu(client):
    response, text = page(client)

    assert (response.status_code, response.context["menu"]) == (200, None)
    assert "There is no menu here yet." in text


@pytest.mark.parametrize(
    ("at", "weeks", "shown", "is_past"),
    [
        (TUESDAY, [WEEK], WEEK, False),
        (SUNDAY_LATE, [WEEK, date(2026, 6, 15)], WEEK, False),
        (MONDAY_EARLY, [WEEK, date(2026, 6, 15)], date(2026, 6, 15), False),
        (MONDAY_EARLY, [WEEK], WEEK, True),
        (TUESDAY, [date(2026, 6, 15)], None, False),
        (TUESDAY, [date(2026, 5, 25), date(2026, 6, 1)], date(2026, 6, 1), True),
    ],
)
def test_this_weeks_menu_is_shown_by_the_hospitals_calendar_else_the_last_one_as_past(
    client, at, weeks, shown, is_past
):
    for week in weeks:
        create_cafe_menu(week=week)

    response, text = page(client, at)

    menu = response.context["menu"]
    assert (menu and menu.week, response.context["is_past"]) == (shown, is_past)
    assert ("This week’s menu is not here yet." in text) is is_past


def test_a_menu_to_come_is_linked_and_a_draft_is_not(client):
    create_cafe_menu(week=WEEK)
    create_cafe_menu(week=date(2026, 6, 15))
    create_cafe_menu(week=date(2026, 6, 22), published_at=None)

    _response, text = page(client)

    assert "/cafe/2026-06-15/" in text
    assert "/cafe/2026-06-22/" not in text


def test_today_is_marked_and_only_today(client):
    create_cafe_menu(dishes=[{"day": day} for day in range(7)])

    response, text = page(client)

    assert [day.date.day for day in response.context["days"] if day.is_today] == [9]
    assert text.count('aria-current="date"') == 1


def test_each_week_has_a_page_of_its_own_and_stands_in_the_archive_by_month(client):
    for week in (date(2026, 6, 8), date(2026, 6, 1), date(2026, 5, 25)):
        create_cafe_menu(week=week)

    response, text = page(client, address="/cafe/2026-05-25/")

    assert (response.status_code, "This week is past." in text) == (200, True)
    months = response.context["months"]
    assert [(first.month, [menu.week.day for menu in menus]) for first, menus in months] == [(6, [8, 1]), (5, [25])]


@pytest.mark.parametrize(
    "address",
    [
        *("/cafe/2026-06-09/", "/cafe/2026-06-15/", "/cafe/2026-13-45/", "/cafe/0000-00-00/", "/cafe/9999-12-31/"),
        *("/cafe/2026-6-8/", "/cafe/x/", "/cafe/%00/", "/cafe/２０２６-06-08/"),
    ],
)
def test_no_other_address_is_a_week(client, address):
    create_cafe_menu()

    assert page(client, address=address)[0].status_code == 404


def test_a_draft_is_seen_at_its_address_by_those_who_write_menus_alone(client):
    create_cafe_menu(published_at=None)

    public = page(client, address="/cafe/2026-06-08/")[0]
    client.force_login(create_editor(permissions=["change_cafemenu"]))

    assert (public.status_code, client.get("/cafe/2026-06-08/").status_code) == (404, 200)


@pytest.mark.parametrize(
    ("dish", "words"),
    [
        ({"allergens": "wheat,milk", "allergens_known": True}, "Contains: Milk, Wheat."),
        ({"allergens": "milk"}, "Contains: Milk. There may be others: ask the kitchen."),
        ({"allergens_known": True}, "Made without the nine allergens."),
        ({}, "Allergens not listed: ask the kitchen."),
    ],
)
def test_what_is_known_of_allergens_is_said_in_words(client, dish, words):
    create_cafe_menu(dishes=[{"name": "Soup", **dish}])

    _response, text = page(client)

    assert f'<p class="cafe__allergens">{words}</p>' in text
    assert "Ask the kitchen each time" in text


def test_meals_stand_in_the_order_of_the_day(client):
    meals = CafeDish.Meal
    create_cafe_menu(dishes=[{"meal": meal} for meal in (meals.ALL_DAY, meals.SUPPER, meals.BREAKFAST, meals.LUNCH)])

    response, _text = page(client)

    assert [str(meal) for meal, _dishes in response.context["days"][0].meals] == [
        *("Breakfast", "Lunch", "Supper", "All day")
    ]


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_asks_as_many_queries_however_long_it_is(client, django_assert_num_queries, rows):
    for number in range(rows):
        create_cafe_menu(week=WEEK - timedelta(days=21 * number), dishes=[{}] * rows)

    with django_assert_num_queries(3 + 4), time_machine.travel(TUESDAY, tick=False):  # menu, dishes, coming, all weeks
        client.get("/cafe/")


def test_it_is_kept_no_longer_than_the_day_that_is_marked(client):
    create_cafe_menu()

    response, _text = page(client, SUNDAY_LATE.replace(second=30))

    assert "max-age=30" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("week", "stored"),
    [
        (date(2026, 6, 8), date(2026, 6, 8)),
        (date(2026, 6, 14), date(2026, 6, 8)),
        (date(2026, 1, 1), date(2025, 12, 29)),
    ],
)
def test_any_day_is_taken_for_its_week(week, stored):
    menu = CafeMenu(week=week)

    menu.full_clean()

    assert menu.week == stored


@pytest.mark.parametrize("week", [date(9999, 12, 31), date(1, 1, 1)])
def test_a_year_that_no_calendar_holds_is_refused(week):
    with pytest.raises(ValidationError) as refused:
        CafeMenu(week=week).full_clean()

    assert list(refused.value.message_dict) == ["week"]


@pytest.mark.parametrize("allergens", ["gluten", "milk,milk", "milk,", "Milk", "' OR 1=1"])
def test_an_allergen_that_is_none_of_the_nine_is_refused(allergens):
    dish = CafeDish(menu=create_cafe_menu(), day=0, name="Soup", allergens=allergens)

    with pytest.raises(ValidationError) as refused:
        dish.full_clean()

    assert list(refused.value.message_dict) == ["allergens"]


@pytest.mark.parametrize(
    ("dish", "codes"),
    [
        ({"allergens_known": True}, []),
        ({}, ["allergens-unknown"]),
        ({"allergens_known": True, "allergens": "milk", "vegan": True}, ["marks-contradict"]),
        ({"allergens_known": True, "allergens": "milk", "vegetarian": True}, []),
        ({"allergens_known": True, "allergens": "fish", "vegetarian": True}, ["marks-contradict"]),
    ],
)
def test_marks_that_cannot_all_be_right_are_told_before_publishing(dish, codes):
    menu = create_cafe_menu(dishes=[dish])

    assert [finding.code for finding in findings(menu)] == codes


@time_machine.travel(TUESDAY, tick=False)
def test_dishes_are_found_until_their_week_is_over(client):
    create_cafe_menu(dishes=[{"name": "Zucchini fritters"}])
    rebuild()

    def paths():
        return [result.path for result in client.get("/search/", {"q": "zucchini"}).context["results"]]

    assert paths() == ["/cafe/2026-06-08/"]
    with time_machine.travel(MONDAY_EARLY, tick=False):
        assert paths() == []


def test_the_sitemap_has_the_menus_that_are_published(client):
    create_cafe_menu()
    create_cafe_menu(week=date(2026, 6, 15), published_at=None)

    text = "".join(client.get(f"/sitemap-{part}.xml").content.decode() for part in ("sections", "cafe"))

    assert ("/cafe/</loc>" in text, "/cafe/2026-06-08/" in text, "/cafe/2026-06-15/" in text) == (True, True, False)


# The editors' screen


@pytest.fixture
def editor(client):
    user = create_superuser()
    client.force_login(user)
    return user


def test_a_dish_is_saved_on_the_day_in_whose_part_it_stands(client, editor):
    menu = create_cafe_menu(published_at=None, dishes=[{"day": 2, "name": "Old", "allergens": "milk"}])
    fields = {
        **opened(client, menu),
        "friday-TOTAL_FORMS": "1",
        "friday-0-meal": "2",
        "friday-0-name": "Chowder",
        "friday-0-allergens": ["fish", "milk"],
        "friday-0-allergens_known": "on",
    }

    response = save(client, menu, fields)

    assert response.status_code == 302
    assert [(dish.day, dish.name, dish.allergens, dish.allergens_known) for dish in menu.dishes.all()] == [
        (2, "Old", "milk", False),
        (4, "Chowder", "milk,fish", True),
    ]


@pytest.mark.parametrize(
    ("changes", "still_checked"),
    [
        ({}, True),
        ({"monday-0-allergens": ["fish", "milk"]}, True),
        ({"monday-0-vegetarian": "on"}, True),
        ({"monday-0-name": "Chowder with clams"}, False),
        ({"monday-0-description": "With oyster crackers"}, False),
        ({"monday-0-name": " Chowder "}, True),
    ],
)
def test_another_dish_has_to_be_gone_through_for_allergens_again(client, editor, changes, still_checked):
    menu = create_cafe_menu(
        published_at=None, dishes=[{"name": "Chowder", "allergens": "fish", "allergens_known": True}]
    )

    response = save(client, menu, **{"monday-0-allergens": ["fish"], **changes})

    assert (response.status_code, menu.dishes.get().allergens_known) == (302, still_checked)


def test_a_dish_that_is_renamed_and_ticked_at_once_is_checked(client, editor):
    menu = create_cafe_menu(published_at=None, dishes=[{"name": "Chowder"}])

    save(client, menu, **{"monday-0-name": "Corn chowder", "monday-0-allergens_known": "on"})

    assert menu.dishes.values_list("name", "allergens_known").get() == ("Corn chowder", True)


def test_an_unknown_allergen_of_a_form_is_refused(client, editor):
    menu = create_cafe_menu(published_at=None)
    fields = {**opened(client, menu), "friday-TOTAL_FORMS": "1", "friday-0-meal": "2", "friday-0-name": "Chowder"}

    response = save(client, menu, {**fields, "friday-0-allergens": ["gluten"]})

    assert (response.status_code, menu.dishes.count()) == (200, 0)


@time_machine.travel(TUESDAY, tick=False)
def test_the_last_week_is_copied_into_a_draft_of_the_next(client, editor):
    dish = {"day": 3, "meal": 1, "name": "Oatmeal", "allergens": "milk", "vegetarian": True}
    create_cafe_menu(dishes=[dish], note="Closed on Sunday.")

    response = client.post("/admin/news/cafemenu/copy-last-week/")

    copied = CafeMenu.objects.get(week=date(2026, 6, 15))
    assert response["Location"] == change_address(copied)
    assert (copied.published_at, copied.note) == (None, "")
    assert list(copied.dishes.values("day", "meal", "name", "allergens", "vegetarian")) == [dish]


@time_machine.travel(TUESDAY, tick=False)
def test_nobody_has_gone_through_the_allergens_of_a_copied_dish(client, editor):
    create_cafe_menu(dishes=[{"name": "Oatmeal", "allergens": "", "allergens_known": True}])

    client.post("/admin/news/cafemenu/copy-last-week/")

    copied = CafeMenu.objects.get(week=date(2026, 6, 15))
    assert copied.dishes.get().allergens_known is False
    assert [finding.code for finding in findings(copied)] == ["allergens-unknown"]


@time_machine.travel(TUESDAY, tick=False)
def test_what_was_corrected_beside_the_public_menu_is_copied(client, editor):
    menu = create_cafe_menu(dishes=[{"name": "Chowder", "allergens": "fish"}])
    save(client, menu, **{"monday-0-name": "Clam chowder", "monday-0-allergens": ["shellfish"]})

    client.post("/admin/news/cafemenu/copy-last-week/")

    copied = CafeMenu.objects.get(week=date(2026, 6, 15))
    assert menu.dishes.get().name == "Chowder"
    assert list(copied.dishes.values_list("name", "allergens")) == [("Clam chowder", "shellfish")]


@pytest.mark.parametrize(("shows_made_up", "name"), [(True, "Made up"), (False, "Chowder")])
@time_machine.travel(TUESDAY, tick=False)
def test_a_copy_is_a_real_menu_and_made_from_what_may_be_shown(client, editor, settings, shows_made_up, name):
    create_cafe_menu(dishes=[{"name": "Chowder"}])
    create_cafe_menu(week=date(2026, 6, 15), demonstration=True, dishes=[{"name": "Made up"}])
    settings.DEMONSTRATION = shows_made_up

    client.post("/admin/news/cafemenu/copy-last-week/")

    copied = CafeMenu.objects.get(week=date(2026, 6, 22))
    assert (copied.demonstration, copied.dishes.get().name) == (False, name)


@time_machine.travel(TUESDAY, tick=False)
def test_after_weeks_without_a_menu_the_copy_is_for_this_week(client, editor):
    create_cafe_menu(week=date(2026, 1, 5))

    client.post("/admin/news/cafemenu/copy-last-week/")

    assert CafeMenu.objects.latest("week").week == WEEK


def test_nothing_to_copy_is_told(client, editor):
    response = client.post("/admin/news/cafemenu/copy-last-week/", follow=True)

    assert "There is no menu yet that could be copied." in response.content.decode()


@pytest.mark.parametrize(("method", "permissions", "status"), [("get", ["add_cafemenu"], 405), ("post", [], 403)])
def test_who_may_not_add_menus_copies_none(client, method, permissions, status):
    create_cafe_menu()
    client.force_login(create_editor(permissions=permissions))

    assert getattr(client, method)("/admin/news/cafemenu/copy-last-week/").status_code == status
    assert CafeMenu.objects.count() == 1

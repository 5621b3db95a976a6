"""Choosing among events: by keyboard, by htmx, and without JavaScript."""

import re

import pytest

from tests.browser.accessibility import load_axe, violations

SCREENS = [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")]
FOCUSED = "document.activeElement.id"


def name_of_month(page):
    return page.locator("h1").inner_text()


def months_leading_on(page):
    """Go to the month that the list names, and return its name."""
    page.goto("/events/")
    with page.expect_navigation():
        page.get_by_role("link", name="Month", exact=True).click()
    return name_of_month(page)


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_lists_months_and_events_are_accessible_in_every_state(page, complaints, width, scheme):
    page.set_viewport_size({"width": width, "height": 2400})
    page.emulate_media(color_scheme=scheme)
    page.goto("/events/")
    month = page.get_by_role("link", name="Month", exact=True).get_attribute("href")
    states = ["/events/", "/events/?online=on&free=on&to=2020-01-01", "/events/?topic=none", "/events/past/"]
    states += [month, f"{month}?topic=none", "/events/diabetes-cooking-class/", "/events/stop-smoking-group/"]

    for state in states:
        page.goto(state)
        load_axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (state, violations(page), wide) == (state, [], width)

    assert (complaints.heard, complaints.foreign) == ([], [])


def test_a_month_leads_on_by_keyboard_and_back_by_history(page, complaints):
    first = months_leading_on(page)
    page.locator("#month-next").focus()

    page.keyboard.press("Enter")
    page.wait_for_function("first => document.querySelector('h1').innerText !== first", arg=first)

    second = name_of_month(page)
    assert second in page.title()
    assert page.evaluate(FOCUSED) == "month-next"
    assert re.search(r"\d+ dates?$", page.locator("#month-said").inner_text())
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "month-today"
    page.go_back()
    page.wait_for_function("first => document.querySelector('h1').innerText === first", arg=first)
    assert complaints.heard == []


def test_a_wide_screen_has_a_table_and_a_phone_a_list(page):
    months_leading_on(page)

    assert page.get_by_role("columnheader").count() == 7
    assert page.locator(".month-days").is_hidden()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.get_by_role("columnheader").count() == 0
    assert page.locator(".month-days").is_visible()


def test_the_list_follows_what_is_chosen_without_a_new_page(page):
    page.goto("/events/")
    page.evaluate("window.isTheSamePage = true")
    page.locator("summary", has_text="Choose by topic").click()

    page.get_by_label("Free").check()
    page.wait_for_url("**/events/?*free=on*")

    page.wait_for_function("document.querySelector('#found-count').innerText.includes('event')")
    assert page.evaluate("window.isTheSamePage") is True
    assert all("Free" in facts for facts in page.locator("#found .event-list__event").all_inner_texts())


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_everything_is_a_plain_page_without_javascript(page):
    page.goto("/events/")
    page.locator("summary", has_text="Choose by topic").click()
    page.get_by_label("Free").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Show", exact=True).click()
    assert "free=on" in page.url
    assert re.match(r"\d+ event", page.locator("#found-count").inner_text())

    with page.expect_navigation():
        page.get_by_role("link", name="Month", exact=True).click()
    first = name_of_month(page)
    with page.expect_navigation():
        page.locator("#month-next").click()

    assert name_of_month(page) != first
    assert "free=on" in page.url
    assert page.locator("[data-copy-link]:visible").count() == 0

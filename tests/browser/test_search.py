"""The search as a visitor uses it: by keyboard alone, on a phone, in the dark, without a network."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import load_axe, violations

BOX = "main input[type=search]"
OPTIONS = "main [role=option]"
IS_ON_TOP = """() => {
  const option = document.querySelector("[role=option][aria-selected=true]");
  const box = option.getBoundingClientRect();
  return option.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}"""
SUGGESTIONS = re.compile("/search/suggestions/")


def active_option(page):
    """Return the text of the option that has the visual focus, None where the box has it."""
    option = page.locator(BOX).get_attribute("aria-activedescendant")
    return page.locator(f"[id='{option}']").inner_text() if option else None


def open_list(page, words="car"):
    page.goto("/search/")
    page.locator(BOX).focus()
    page.keyboard.type(words)
    page.locator(OPTIONS).first.wait_for()


def test_the_list_is_driven_by_the_keyboard_alone(page, complaints):
    open_list(page)
    box = page.locator(BOX)
    texts = page.locator(OPTIONS).all_inner_texts()
    announced = page.locator("main form [role=status]").inner_text()

    expect(box).to_have_attribute("aria-expanded", "true")
    assert active_option(page) is None
    assert announced == f"{len(texts)} suggestions"
    page.keyboard.press("ArrowDown")
    assert active_option(page) == texts[0]
    page.keyboard.press("ArrowDown")
    assert active_option(page) == texts[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert active_option(page) == texts[-1]
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    page.keyboard.press("Home")
    assert (active_option(page), box.evaluate("box => box.selectionStart")) == (None, 0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert (active_option(page), box.input_value()) == (None, "car")
    page.keyboard.press("Alt+ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert active_option(page) is None
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert box.input_value() == ""
    assert complaints.heard == []


def test_enter_follows_the_chosen_option(page, complaints):
    open_list(page, "cardiac reh")
    page.keyboard.press("ArrowDown")
    address = page.locator("[role=option][aria-selected=true]").get_attribute("href")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith(address)
    assert complaints.heard == []


def test_enter_without_a_choice_sends_the_words(page):
    open_list(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/search/?q=car")


def test_tab_leaves_the_list_and_chooses_nothing(page):
    open_list(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")

    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "false")
    assert page.url.endswith("/search/")
    assert page.evaluate("document.activeElement.type") == "submit"


def test_one_letter_asks_nothing(page):
    asked = []
    page.on("request", lambda request: SUGGESTIONS.search(request.url) and asked.append(request.url))
    open_list(page)
    page.locator(BOX).fill("c")

    expect(page.locator(OPTIONS)).to_have_count(0)
    assert [address for address in asked if address.endswith("q=c")] == []


def test_an_older_answer_never_replaces_a_newer_one(page):
    held = []
    page.route(
        SUGGESTIONS, lambda route: held.append(route) if route.request.url.endswith("q=ca") else route.continue_()
    )
    page.goto("/search/")
    box = page.locator(BOX)
    box.focus()
    with page.expect_request(re.compile("q=ca$")):
        page.keyboard.type("ca")
    page.keyboard.type("rdiac")
    page.locator(OPTIONS).first.wait_for()
    texts = page.locator(OPTIONS).all_inner_texts()
    for route in held:
        route.fulfill(status=200, body="<div data-says='late'><a role='option' id='late' href='/'>Late</a></div>")

    expect(page.locator(OPTIONS)).to_have_text(texts, use_inner_text=True)


def test_without_an_answer_there_is_simply_no_list(page):
    page.goto("/search/")
    page.route(SUGGESTIONS, lambda route: route.fulfill(status=500, body="<p role='option'>Error</p>"))
    box = page.locator(BOX)
    box.focus()
    with page.expect_response(SUGGESTIONS):
        page.keyboard.type("cardiac")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/search/?q=cardiac")
    assert page.locator("main .search-results__result, main .answer").count() >= 1


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        pytest.param(360, "light", id="phone"),
        pytest.param(360, "dark", id="phone-in-the-dark"),
        pytest.param(1440, "light", id="desk"),
        pytest.param(1440, "dark", id="desk-in-the-dark"),
    ],
)
def test_the_open_list_is_accessible_and_fits(page, complaints, width, scheme):
    page.set_viewport_size({"width": width, "height": 400 if width == 360 else 900})  # half a phone is its keyboard
    page.emulate_media(color_scheme=scheme)
    open_list(page)
    page.keyboard.press("ArrowDown")
    load_axe(page)

    # A link that the list half covers is no target while the list is open.
    covered = "target-size: " + '<a class="link-rows__link"'
    assert [each for each in violations(page) if not each.startswith(covered)] == []
    expect(page.locator("[role=option][aria-selected=true]")).to_be_in_viewport(ratio=1)
    for _more in range(3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate(IS_ON_TOP)  # the bar at the foot of a phone does not cover it
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {round(box["height"]) >= 44 for box in boxes(page)} == {True}
    assert complaints.heard == []


def boxes(page):
    return [option.bounding_box() for option in page.locator(OPTIONS).all()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.usefixtures("fresh_waits")
def test_a_page_of_results_is_accessible_and_fits_a_phone(page, complaints, scheme):
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme=scheme)
    for query in ("er", "8608922711", "laura currie", "class&kind=event&from=2020-01-01", "zzzz"):
        page.goto(f"/search/?q={query}")
        load_axe(page)
        assert violations(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth") == 360, query

    assert complaints.heard == []


def test_a_filter_narrows_in_place_and_back_widens_again(page, complaints):
    page.goto("/search/?q=care")
    every = page.locator("#search-count").inner_text()
    page.locator("#kind-service").click()
    page.wait_for_url("**/search/?q=care&kind=service")
    expect(page.locator("#kind-service")).to_have_attribute("aria-current", "true")

    expect(page.locator("#kind-service")).to_be_focused()
    assert set(page.locator(".search-results__kind").all_inner_texts()) == {"Services"}
    assert page.locator("#search-count").inner_text() != every
    page.go_back()
    expect(page.locator("#search-count")).to_have_text(every, use_inner_text=True)
    # The address alone, until the tab is closed: no page of what somebody looked for.
    assert page.evaluate("[localStorage.length, Object.keys(sessionStorage)]") == [0, ["htmx-current-path-for-history"]]
    assert complaints.heard == []


def test_numbers_are_found_on_the_contact_page_while_one_types(page, complaints):
    page.goto("/contact/")
    box = page.locator("#live-box")
    box.focus()
    page.keyboard.type("anticoagulation")
    page.wait_for_url("**/contact/?q=anticoagulation")

    expect(page.locator("#live-count")).to_contain_text("result")
    expect(page.locator("#live-found a[href='tel:+18608922711']").first).to_be_visible()
    expect(box).to_be_focused()
    load_axe(page)
    assert violations(page) == []
    box.fill("")
    expect(page.locator("#contact-sections")).to_be_visible()
    assert complaints.heard == []

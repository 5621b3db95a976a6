"""The box that finds a number while one types, in every state it can be in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import load_axe, violations

BOX, COUNT, FOUND = "#live-box", "#live-count", "#live-found"
STATUS = "main .visually-hidden[role=status]"
ASKS = re.compile(r"/contact/\?q=")
NOT_LOADED = "The list could not be loaded."

# What is typed, and what the line above the list then says.
STATES = {
    "nothing typed": ("", ""),
    "found by name": ("gift shop", "result"),
    "found by a mended word": ("reumatology", "“rheumatology”"),
    "found partly": ("arthritis zebra", "result"),
    "nothing found": ("qwrtzpsdf", "Nothing was found"),
    "a number that nobody has": ("212-555-0123", "Nothing was found"),
}
# Each width and each scheme once: the two do not depend on one another.
SCREENS = [
    pytest.param(360, "light", id="phone"),
    pytest.param(1440, "dark", id="desk-in-the-dark"),
]


def type_in(page, words):
    """Type `words` on the contact page as a person does; return the box."""
    page.goto("/contact/")
    page.locator(BOX).focus()
    page.keyboard.type(words)
    return page.locator(BOX)


def names(page):
    return page.locator(f"{FOUND} .contact-list__name").all_inner_texts()


def look_at(page, scheme, width):
    # So high that the bar under a phone's thumb covers no number: one that is half covered seems too small to axe.
    page.set_viewport_size({"width": width, "height": 2400})
    page.emulate_media(color_scheme=scheme)


def troubles(page, width):
    """Return what is wrong with the page as it is shown now: what axe finds, and whether it is too wide."""
    load_axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    return violations(page) + ([f"{wide} pixels wide"] if wide > width else [])


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_whatever_is_found_is_accessible_and_fits(page, complaints, width, scheme):
    look_at(page, scheme, width)
    for state, (words, says) in STATES.items():
        box = type_in(page, words)
        expect(page.locator(COUNT), state).to_contain_text(says)

        assert troubles(page, width) == [], state
        expect(box, state).to_be_focused()

    assert complaints.heard == []


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_a_list_that_cannot_be_loaded_is_accessible_and_fits(page, width, scheme):
    look_at(page, scheme, width)
    held = []
    page.route(ASKS, lambda route: held.append(route))
    with page.expect_request(ASKS):
        box = type_in(page, "gift")

    assert troubles(page, width) == [], "while one waits"
    held[0].fulfill(status=500, body="<p>Error</p>")
    expect(page.locator(COUNT)).to_have_text(NOT_LOADED)
    assert troubles(page, width) == []
    expect(box).to_be_focused()


def test_an_error_of_the_server_gives_the_main_number_and_search_tries_again(page):
    page.route(ASKS, lambda route: route.fulfill(status=503, body="<p id='late'>Error</p>"))
    type_in(page, "gift shop")

    expect(page.locator(COUNT)).to_have_text(NOT_LOADED)
    expect(page.locator(STATUS)).to_have_text(NOT_LOADED)
    expect(page.locator(f"{FOUND} a[href='tel:+18608898331']")).to_have_count(1)
    assert (names(page), page.locator("#late").count()) == ([], 0)
    page.unroute(ASKS)
    page.keyboard.press("Enter")
    expect(page.locator(f"{FOUND} .contact-list__name").first).to_have_text("Gift Shop")
    expect(page.locator(COUNT)).not_to_have_text(NOT_LOADED)


def test_an_answer_that_never_comes_is_told_as_well(page):
    page.route(ASKS, lambda route: None)
    page.goto("/contact/")
    page.evaluate("htmx.config.timeout = 300")
    page.locator(BOX).focus()
    page.keyboard.type("gift")

    expect(page.locator(COUNT)).to_have_text(NOT_LOADED)


def test_without_a_network_the_main_number_stands_there_until_it_is_back(page):
    page.goto("/contact/")
    page.context.set_offline(True)
    page.locator(BOX).focus()
    page.keyboard.type("gift shop")
    expect(page.locator(COUNT)).to_have_text(NOT_LOADED)
    expect(page.locator(f"{FOUND} a[href='tel:+18608898331']")).to_have_count(1)

    page.context.set_offline(False)

    expect(page.locator(f"{FOUND} .contact-list__name").first).to_have_text("Gift Shop")
    expect(page.locator(BOX)).to_be_focused()


def test_a_screen_reader_hears_the_number_of_results_once_the_typing_rests(page, complaints):
    page.goto("/contact/")
    page.evaluate("""() => {
      window.heard = [];
      const live = [...document.querySelectorAll("main [role=status], main [aria-live]")];
      const note = () => heard.push(live.map((each) => each.textContent.trim()).join(""));
      const changes = { childList: true, characterData: true, subtree: true };
      for (const each of live) new MutationObserver(note).observe(each, changes);
    }""")
    page.locator(BOX).focus()
    page.keyboard.type("anticoagulation", delay=120)
    expect(page.locator(STATUS)).to_contain_text("anticoagulation")
    heard = page.evaluate("heard")

    assert heard == [page.locator(COUNT).inner_text()]
    page.keyboard.press("Enter")
    page.wait_for_timeout(1300)
    assert page.evaluate("heard") == heard
    assert complaints.heard == []


def test_the_first_number_is_two_steps_from_the_box(page):
    box = type_in(page, "gift shop")
    expect(page.locator(COUNT)).to_contain_text("result")

    box.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("tel:+18608898331")


def test_back_returns_to_what_was_found(page):
    type_in(page, "rheum")
    page.wait_for_url("**/contact/?q=rheum")
    found = names(page)
    with page.expect_navigation():
        page.locator("header a[href='/']").first.click()

    with page.expect_navigation():
        page.go_back()

    assert page.url.endswith("/contact/?q=rheum")
    expect(page.locator(BOX)).to_have_value("rheum")
    expect(page.locator(f"{FOUND} .contact-list__name")).to_have_text(found, use_inner_text=True)


def test_the_plain_form_finds_the_same_in_the_same_order(page, browser, site):
    plain = browser.new_page(base_url=site.address, java_script_enabled=False)
    for words in ("rheum", "8331", "hippa", "zzzz"):
        type_in(page, words)
        expect(page.locator(COUNT)).to_contain_text("“")
        plain.goto("/contact/")
        plain.fill(BOX, words)
        with plain.expect_navigation():
            plain.click("main form[role=search] button")

        assert names(page) == names(plain), words
        assert page.locator(COUNT).inner_text() == plain.locator(COUNT).inner_text()
    plain.context.close()

"""What must hold on every public page, in the browser that a patient has."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import ERRORS, public_addresses

SIZES = [360, 768, 1440]
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def addresses(site):
    return public_addresses(site)


def violations(page):
    """Return what axe finds against WCAG 2.2 AA, a line each."""
    found = Axe().run(page, options={"runOnly": STANDARD}).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def expected_complaints(path):
    """Return the number of complaints to expect: Chromium writes one for a page that is an error."""
    return 1 if path in ERRORS else 0


def test_pages_are_accessible_at_every_size(page, site, addresses):
    problems = {}
    for path in addresses:
        page.set_viewport_size({"width": SIZES[0], "height": 800})
        page.goto(path)
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 800})
            problems[path, width] = violations(page)

    assert {where: found for where, found in problems.items() if found} == {}
    assert len(problems) > 100


def test_pages_are_accessible_in_the_dark_scheme(page, addresses):
    page.emulate_media(color_scheme="dark")
    problems = {}
    for path in one_of_each_kind(addresses):
        page.goto(path)
        problems[path] = violations(page)

    assert {path: found for path, found in problems.items() if found} == {}


def test_pages_raise_no_complaint_and_ask_nobody_else(page, complaints, addresses):
    heard = {}
    for path in addresses:
        response = page.goto(path, wait_until="networkidle" if path in ("/", "/er/") else "load")
        assert (path, response.status) == (path, ERRORS.get(path, 200))
        if len(complaints.heard) != expected_complaints(path):
            heard[path] = list(complaints.heard)
        complaints.heard.clear()

    assert heard == {}
    assert complaints.foreign == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_no_page_scrolls_sideways(page, addresses, width):
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = {}
    for path in addresses:
        page.goto(path)
        if overflow := page.evaluate(OVERFLOW):
            too_wide[path] = overflow

    assert too_wide == {}


def test_pages_have_one_title_and_a_way_past_the_menu(page, addresses):
    page.set_viewport_size({"width": 768, "height": 800})
    for path in addresses:
        page.goto(path)
        levels = page.eval_on_selector_all("h1, h2, h3, h4, h5, h6", "all => all.map(h => +h.tagName[1])")
        jumps = [(above, below) for above, below in pairwise(levels) if below > above + 1]
        assert (path, levels.count(1), jumps) == (path, 1, [])
        page.keyboard.press("Tab")
        assert (path, page.evaluate("document.activeElement.getAttribute('href')")) == (path, "#main")


def one_of_each_kind(addresses):
    """Return the first address of every kind of page: /news/a-post/ and /news/another/ are of one kind."""
    kinds = {}
    for path in addresses:
        parts = path.strip("/").split("/")
        kinds.setdefault((parts[0], len(parts), "?" in path), path)
    return list(kinds.values())

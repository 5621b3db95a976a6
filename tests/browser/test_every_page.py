"""What must hold on every public page, in the browser that a patient has.

Each page is opened once and looked at from all sides; the tests ask what was seen.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from tests.browser.accessibility import load_axe, violations
from tests.browser.addresses import ERRORS, public_addresses
from tests.browser.conftest import Complaints

# 320 px is a page of 1280 px at 400 % zoom (WCAG 1.4.10).
WIDTHS = [320, 360, 768, 1440]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADINGS = "all => all.map(heading => Number(heading.tagName[1]))"
FOCUSED = "document.activeElement.getAttribute('href')"


@dataclass
class Seen:
    """What was seen of one page; `violations` and `sideways` (pixels too many) by its width in pixels."""

    status: int
    violations: dict = field(default_factory=dict)
    sideways: dict = field(default_factory=dict)
    headings: list = field(default_factory=list)
    first_stop: str = ""
    complaints: list = field(default_factory=list)


@pytest.fixture(scope="module")
def walk(browser, site):
    """Return (what was Seen of each address, whom the browser asked besides the site, the cookies it got)."""
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    complaints = Complaints(page, site.address)
    addresses = public_addresses(site)
    kinds = one_of_each_kind(addresses)
    seen = {path: look_at(page, path, complaints, WIDTHS if path in kinds else WIDTHS[:2]) for path in addresses}
    cookies = context.cookies()
    context.close()
    return seen, complaints.foreign, cookies


def look_at(page, path, complaints, axe_at):
    """Return what is Seen of the page at `path`; axe looks at the widths `axe_at`."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    seen = Seen(page.goto(path).status)
    page.keyboard.press("Tab")
    seen.first_stop = page.evaluate(FOCUSED)
    page.evaluate("document.activeElement.blur()")  # the way past the menu covers what it stands over
    load_axe(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        seen.sideways[width] = page.evaluate(SIDEWAYS)
        if width in axe_at and width != 320:
            seen.violations[width] = violations(page)
    seen.headings = page.eval_on_selector_all("h1, h2, h3, h4, h5, h6", HEADINGS)
    seen.complaints = complaints.heard[:]
    complaints.heard.clear()
    return seen


def test_pages_answer(walk):
    seen, _, _ = walk
    wrong = {path: page.status for path, page in seen.items() if page.status != ERRORS.get(path, 200)}

    assert wrong == {}
    assert len(seen) > 80


def test_pages_are_accessible(walk):
    """Every page on a phone, and one of each kind at every width: pages of one kind differ in their words alone."""
    seen, _, _ = walk

    assert {path: page.violations for path, page in seen.items() if any(page.violations.values())} == {}


def test_no_page_scrolls_sideways(walk):
    seen, _, _ = walk

    assert {path: page.sideways for path, page in seen.items() if any(page.sideways.values())} == {}


def test_pages_raise_no_complaint(walk):
    seen, _, _ = walk
    # Chromium itself writes a line for a page that is an error.
    heard = {path: page.complaints for path, page in seen.items() if len(page.complaints) != (path in ERRORS)}

    assert heard == {}


def test_pages_ask_nobody_else_and_leave_no_cookie(walk):
    _, foreign, cookies = walk

    assert (foreign, cookies) == ([], [])


def test_pages_have_one_title_and_no_jump_in_their_headings(walk):
    seen, _, _ = walk
    wrong = {
        path: page.headings
        for path, page in seen.items()
        if page.headings.count(1) != 1 or any(below > above + 1 for above, below in pairwise(page.headings))
    }

    assert wrong == {}


def test_first_stop_of_the_keyboard_leads_past_the_menu(walk):
    seen, _, _ = walk

    assert {path: page.first_stop for path, page in seen.items() if page.first_stop != "#main"} == {}


def test_pages_are_accessible_in_the_dark_scheme(walk, page):
    page.emulate_media(color_scheme="dark")
    found = {}
    for path in one_of_each_kind(walk[0]):
        page.goto(path)
        load_axe(page)
        found[path] = violations(page)

    assert {path: lines for path, lines in found.items() if lines} == {}


def one_of_each_kind(addresses):
    """Return the first address of every kind of page: /news/a-post/ and /news/another/ are of one kind."""
    kinds = {}
    for path in addresses:
        parts = path.strip("/").split("/")
        kinds.setdefault((parts[0], len(parts), "?" in path), path)
    return list(kinds.values())

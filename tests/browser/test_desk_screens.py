"""Each screen of the desk: accessible, as wide as a phone, and deaf to what a hostile author has written.

A hostile post goes through everything that a post can go through; then a reviewer looks at every screen.
"""

from functools import partial

import pytest

from tests.browser.accessibility import load_axe, violations
from tests.browser.conftest import Complaints
from tests.browser.desk import (
    add_block,
    form_address,
    publish,
    put_html,
    save,
    screen,
    type_text,
    wait_for_blocks,
    write_post,
)

ATTACK = "Free <script>alert(1)</script><img src=x onerror=alert(2)> “parking” & {{ 7*7 }}"
BODY = """
<h2>Heading<script>alert(3)</script></h2><h4>Jump</h4>
<p>This week <a href="javascript:alert(4)">click here</a> <a href="/no-such-page/">learn more</a>
<img src=x onerror=alert(5)><svg onload=alert(6)></svg></p><p>We offer:</p>
"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def hostile(staff):
    """The addresses of the screens of a hostile post, by their names."""
    anna, ben = staff.sit_down("anna"), staff.sit_down("ben")
    form = write_post(anna, ATTACK, "Harmless so far.")
    anna.fill("#id__note", ATTACK)
    put_html(anna, BODY)
    save(anna)
    anna.goto(screen(form, "review"))
    anna.fill("#id_text", ATTACK)
    with anna.expect_navigation():
        anna.get_by_role("button", name="Ask for review").click()
    ben.goto(form)
    put_html(ben, "<p>It is free.</p>")
    save(ben)
    publish(ben, form)
    receipt = form_address(ben) + "?done=1"
    for page in (anna, ben):
        page.goto(form)
    ben.fill("#id_headline", f"Saved first: {ATTACK}")
    save(ben)
    anna.fill("#id_headline", f"Saved second: {ATTACK}")
    put_html(anna, BODY)
    save(anna)
    assert "/merge/" in anna.url
    merge = form_address(anna)
    anna.goto(screen(form, "history"))
    with anna.expect_navigation():
        anna.get_by_role("button", name="Compare", exact=True).click()
    compare = anna.url.replace(staff.site.address, "")
    doomed = write_post(anna, f"Doomed {ATTACK}")
    anna.goto(screen(doomed, "delete"))
    with anna.expect_navigation():
        anna.locator("#content input[type=submit]").click()
    for page in (anna, ben):
        page.context.close()
    names = ("publish", "unpublish", "discard", "review", "preview", "history", "delete")
    return {
        "form": ("ben", form),
        **{name: ("ben", screen(form, name)) for name in names},
        "receipt": ("ben", receipt),
        "merge": ("anna", merge),
        "compare": ("ben", compare),
        "recover": ("ben", "/admin/news/article/recover/"),
        "list": ("ben", "/admin/news/article/"),
        "front page": ("ben", "/admin/"),
        "front page of an author": ("anna", "/admin/"),
        "redirects": ("ben", "/admin/publishing/redirect/"),
        "missing addresses": ("ben", "/admin/publishing/missingaddress/"),
        "log": ("ben", "/admin/publishing/auditentry/"),
        "pictures": ("ben", "/admin/publishing/image/"),
        "upload": ("ben", "/admin/publishing/image/upload/"),
    }


def refuse(heard, dialog):
    """Note that a script has asked something, and close its box."""
    heard.append(f"dialog: {dialog.message}")
    dialog.dismiss()


@pytest.fixture(scope="module")
def walk(hostile, staff):
    """Return what was found on each screen: (status, axe by scheme and width, pixels too wide, complaints)."""
    seen = {}
    pages = {username: staff.sit_down(username) for username in ("anna", "ben")}
    heard = {username: Complaints(page, staff.site.address) for username, page in pages.items()}
    for username, page in pages.items():
        page.on("dialog", partial(refuse, heard[username].heard))

    for name, (username, path) in hostile.items():
        page = pages[username]
        found, sideways = {}, {}
        for scheme, width in (("light", 1280), ("dark", 390)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            status = page.goto(path, wait_until="networkidle").status
            load_axe(page)
            # The picker of related things (select2) is Django's own, and so is what it lacks.
            lines = violations(page, looks_only=scheme == "dark")
            found[scheme, width] = [line for line in lines if "select2" not in line]
            sideways[width] = page.evaluate(SIDEWAYS)
        seen[name] = (status, found, sideways, heard[username].heard[:])
        heard[username].heard.clear()
    for page in pages.values():
        page.context.close()
    return seen


def test_screens_open(walk):
    assert {name: status for name, (status, *_) in walk.items() if status != 200} == {}


def test_screens_are_accessible_in_both_schemes(walk):
    found = [
        f"{name}, {scheme}: {line}"
        for name, (_, found, _, _) in walk.items()
        for (scheme, _), lines in found.items()
        for line in lines
    ]

    assert found == []


def test_no_screen_scrolls_sideways(walk):
    assert {name: sideways for name, (_, _, sideways, _) in walk.items() if any(sideways.values())} == {}


def test_nothing_hostile_runs_or_tries_to(walk):
    assert {name: heard for name, (*_, heard) in walk.items() if heard} == {}


def test_hostile_title_is_shown_as_it_was_typed(hostile, ben):
    ben.goto(hostile["history"][1])

    assert ATTACK in ben.locator("h1").last.inner_text()
    assert ATTACK in ben.locator(".history").inner_text()


def test_finding_leads_to_its_field(anna):
    write_post(anna, "With a vague link", "Words.")
    form = form_address(anna)
    put_html(anna, '<p>For more <a href="/contact/">click here</a>.</p>')
    save(anna)
    anna.goto(f"{form}#go/article/{form.split('/')[-3]}/body")

    anna.wait_for_selector(".tiptap.ProseMirror-focused")
    assert "click here" in anna.evaluate("document.activeElement.innerText")


def test_finding_leads_into_a_folded_block(ben):
    page = ben
    page.goto("/admin/pages/page/add/")
    wait_for_blocks(page)
    page.fill("#id_title", "Folded")
    page.fill("#id_path", "folded")
    for kind in ("Text", "Figure"):
        add_block(page, kind)
    type_text(page, "Words.")
    page.fill("#id_figureblock-0-value", "7")
    page.fill("#id_figureblock-0-label", "days")
    save(page)
    form = form_address(page)
    number = page.input_value("#id_figureblock-0-id")
    page.locator(".collapse-items").click()
    page.goto("/admin/")
    page.goto(f"{form}#go/figureblock/{number}/label")

    page.wait_for_selector("#id_figureblock-0-label:focus")
    assert not page.locator("#figureblock-0").evaluate("block => block.classList.contains('collapsed')")

"""What an editor has typed survives a closed tab, an expired session and a lost network."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import (
    KEPT_TEXTS,
    add_block,
    form_address,
    message,
    save,
    screen,
    type_text,
    wait_for_blocks,
    wait_until_kept,
    write_post,
)
from tests.browser.staff import PASSWORD, sign_in

KEPT = f"{KEPT_TEXTS}.length"
# Timers of one page ring in their order, on a slow machine as well; the browser looks 400 ms after what is typed.
LATER_THAN_THE_BROWSER_LOOKS = "new Promise(done => setTimeout(done, 600))"
FILL_THE_STORE = """() => {
  for (const size of [500000, 5000, 50]) {
    try { for (let n = 0; ; n++) localStorage.setItem(`full-${size}-${n}`, "x".repeat(size)) } catch {}
  }
}"""


def offers(page):
    """Return the panels that offer a kept text."""
    return page.locator(".desk-panel", has=page.get_by_role("button", name="Continue with them"))


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_text_of_a_closed_tab_is_offered_and_saved(anna):
    form = write_post(anna, "Closed too early")
    context = anna.context
    anna.fill("#id_headline", "Closed too early & mended <b>")
    type_text(anna, " With one more sentence.")
    wait_until_kept(anna, "Closed too early & mended <b>", "With one more sentence.")
    anna.close()

    page = context.new_page()
    page.goto(form)
    assert page.input_value("#id_headline") == "Closed too early"
    panel = offers(page)
    panel.wait_for()
    assert panel.locator("h2").inner_text().startswith("You have unsaved changes from ")
    assert "Headline" in panel.inner_text()
    press(page, "Continue with them")
    assert page.input_value("#id_headline") == "Closed too early & mended <b>"
    assert "With one more sentence." in page.locator(".tiptap").first.inner_text()
    assert "Nothing of them is saved yet" in page.locator(".desk-panel--warning").first.inner_text()
    save(page)

    assert page.input_value("#id_headline") == "Closed too early & mended <b>"
    assert (page.evaluate(KEPT), offers(page).count()) == (0, 0)


def test_text_of_a_new_post_survives_too(anna):
    context = anna.context
    anna.goto("/admin/news/article/add/")
    anna.fill("#id_headline", "Never yet saved")
    wait_until_kept(anna, "Never yet saved")
    anna.close()

    page = context.new_page()
    page.goto("/admin/news/article/add/")
    press(page, "Continue with them")
    assert page.input_value("#id_headline") == "Never yet saved"
    type_text(page, "Now it is.")
    save(page)

    page.goto("/admin/news/article/add/")
    page.wait_for_selector(".tiptap")
    assert (page.evaluate(KEPT), offers(page).count()) == (0, 0)


def test_moved_added_and_removed_blocks_are_kept(ben):
    page = ben
    page.goto("/admin/pages/page/add/")
    wait_for_blocks(page)
    page.fill("#id_title", "Of several blocks")
    page.fill("#id_path", "of-several-blocks")
    for kind in ("Text", "Figure", "Figure"):
        add_block(page, kind)
    page.locator("#textblock-0 .tiptap").click()
    page.keyboard.type("Words.")
    for number, value in enumerate(("1", "2")):
        page.fill(f"#id_figureblock-{number}-value", value)
        page.fill(f"#id_figureblock-{number}-label", "of them")
    for place in ("20", "10"):
        page.locator("#figureblock-1 .block-move").first.click()
        expect(page.locator("#id_figureblock-1-ordering")).to_have_value(place)
    page.locator("#figureblock-0 .inline-deletelink").click()
    wait_until_kept(page, "Words.", '["figureblock-0-value","2"]')  # what is left of two figures, renumbered
    page.goto("/admin/pages/page/add/")
    press(page, "Continue with them")
    page.wait_for_selector(".order-machine .inline-related .block-move")

    assert page.input_value("#id_figureblock-0-value") == "2"
    assert page.locator(".order-machine #figureblock-1").count() == 0
    assert "Words." in page.locator("#textblock-0 .tiptap").inner_text()
    orders = [int(page.input_value(f"#id_{name}-ordering")) for name in ("figureblock-0", "textblock-0")]
    assert orders == sorted(orders)
    save(page)


def test_thrown_away_text_can_be_brought_back_and_then_is_gone(anna):
    form = write_post(anna, "To be or not")
    anna.fill("#id_headline", "Not to be")
    wait_until_kept(anna, "Not to be")
    anna.goto(form)

    anna.get_by_role("button", name="Throw them away").click()
    assert anna.evaluate(KEPT) == 0
    anna.get_by_role("button", name="Bring them back").click()
    assert anna.evaluate(KEPT) == 1
    anna.get_by_role("button", name="Throw them away").click()
    anna.goto(form)
    anna.wait_for_selector(".tiptap")
    assert offers(anna).count() == 0


def test_session_that_ended_keeps_the_form_on_the_screen(anna):
    form = write_post(anna, "Session ends")
    anna.fill("#id_headline", "Session has ended")
    anna.context.clear_cookies(name="sessionid")
    anna.locator("[name=_save]").click()

    alert = anna.locator("[role=alert]")
    assert "Not saved: you have been signed out." in alert.inner_text()
    assert "Your text is kept in this browser." in alert.inner_text()
    with anna.context.expect_page() as opened:
        alert.get_by_role("link").click()
    sign_in(opened.value, "anna")
    opened.value.close()
    press(anna, "I am signed in: save now")

    assert "Session has ended" in message(anna)
    assert form_address(anna) == form
    assert anna.evaluate(KEPT) == 0


def test_session_that_ended_and_a_reloaded_page_give_the_text_back(anna):
    form = write_post(anna, "Dies in the middle")
    type_text(anna, " A long paragraph.")
    wait_until_kept(anna, "A long paragraph.")
    anna.context.clear_cookies(name="sessionid")
    anna.goto(form)  # the sign-in page comes in its place

    assert "/admin/login/" in anna.url
    sign_in(anna, "anna")
    press(anna, "Continue with them")
    assert "A long paragraph." in anna.locator(".tiptap").first.inner_text()
    save(anna)
    assert "A long paragraph." in anna.locator(".tiptap").first.inner_text()
    assert anna.evaluate(KEPT) == 0


def test_somebody_else_who_signs_in_does_not_save_it_under_another_name(anna):
    form = write_post(anna, "Whose is it")
    anna.fill("#id_headline", "Written by Anna")
    anna.context.clear_cookies(name="sessionid")
    other = anna.context.new_page()
    other.goto("/admin/login/")
    sign_in(other, "ben")
    anna.locator("[name=_save]").click()

    assert "somebody else is signed in" in anna.locator("[role=alert]").inner_text()
    other.goto(form)
    other.wait_for_selector(".tiptap")
    assert (other.input_value("#id_headline"), offers(other).count()) == ("Whose is it", 0)


def test_lost_network_is_said_and_the_form_is_sent_later(anna):
    write_post(anna, "Cable pulled")
    anna.fill("#id_headline", "Cable plugged in")
    anna.context.set_offline(True)
    anna.locator("[name=_save]").click()

    alert = anna.locator("[role=alert]")
    assert "Not saved: the site cannot be reached" in alert.inner_text()
    assert "Your text is kept in this browser." in alert.inner_text()
    anna.context.set_offline(False)
    anna.wait_for_function("navigator.onLine")
    press(anna, "Try again")

    assert "Cable plugged in" in message(anna)


def test_page_deleted_meanwhile_keeps_the_form_on_the_screen(anna, ben):
    form = write_post(anna, "Deleted under the pen")
    anna.fill("#id_headline", "Still under the pen")
    ben.goto(screen(form, "delete"))
    with ben.expect_navigation():
        ben.locator("#content input[type=submit]").click()
    anna.locator("[name=_save]").click()

    assert "Not saved: somebody has deleted this meanwhile." in anna.locator("[role=alert]").inner_text()
    assert anna.input_value("#id_headline") == "Still under the pen"
    ben.goto("/admin/news/article/recover/")
    with ben.expect_navigation():
        ben.locator("button[name=version]", has_text="Deleted under the pen").click()
    press(anna, "Try again")
    assert "Still under the pen" in anna.content()


def test_saving_on_the_way_to_another_screen_takes_the_kept_text_away(anna):
    write_post(anna, "To the preview at once")
    anna.fill("#id_headline", "To the preview now")
    wait_until_kept(anna, "To the preview now")
    press(anna, "Save and preview")
    anna.wait_for_load_state("networkidle")

    assert anna.evaluate(KEPT) == 0


def test_two_tabs_do_not_take_each_others_text(anna):
    form = write_post(anna, "Two tabs")
    anna.fill("#id_headline", "Two tabs: first")
    wait_until_kept(anna, "Two tabs: first")
    second = anna.context.new_page()
    second.goto(form)
    second.wait_for_selector(".tiptap")
    second.fill("#id_headline", "Two tabs: second")
    wait_until_kept(second, "Two tabs: second")

    assert second.evaluate(KEPT) == 2
    save(second)
    offers(second).wait_for()
    assert second.evaluate(KEPT) == 1
    anna.close()
    press(second, "Continue with them")
    assert second.input_value("#id_headline") == "Two tabs: first"


def test_kept_text_is_not_laid_over_what_another_has_saved(anna, ben):
    form = write_post(anna, "Kept and overtaken", "First words.")
    anna.fill("#id_headline", "Kept by Anna")
    wait_until_kept(anna, "Kept by Anna")
    anna.goto("/admin/")
    ben.goto(form)
    ben.fill("#id_headline", "Saved by Ben")
    save(ben)

    anna.goto(form)
    panel = offers(anna)
    panel.get_by_text("Since then Ben Moss has saved this page").wait_for()
    press(anna, "Continue with them")
    save(anna)
    assert "/merge/" in anna.url
    assert "Saved by Ben" in anna.locator("form").last.inner_text()
    assert "Kept by Anna" in anna.locator("form").last.inner_text()


def test_full_store_is_said_once_and_leaving_is_asked(anna):
    form = write_post(anna, "No room")
    anna.goto("/admin/")
    anna.evaluate(FILL_THE_STORE)
    anna.goto(form)
    anna.wait_for_selector(".tiptap")
    for headline in ("No room at all", "No room anywhere"):
        anna.fill("#id_headline", headline)
        anna.evaluate(LATER_THAN_THE_BROWSER_LOOKS)

    assert anna.get_by_text("This browser cannot keep a copy of what you type").count() == 1
    asked = []
    anna.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    anna.goto("/admin/")
    assert asked == ["beforeunload"]


@pytest.fixture
def without_store(staff):
    """The author's browser, with its store blocked as some hospitals' policies do."""
    page = staff.sit_down("anna")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })")
    yield page
    page.context.close()


def test_blocked_store_does_not_break_the_form(without_store):
    errors = []
    without_store.on("pageerror", lambda error: errors.append(str(error)))
    without_store.goto("/admin/news/article/add/")
    without_store.fill("#id_headline", "Without a store")
    type_text(without_store, "Saved all the same.")
    save(without_store)

    assert "Without a store" in message(without_store)
    assert [error for error in errors if "desk" in error] == []


def test_nothing_secret_is_kept(anna):
    write_post(anna, "What is kept")
    anna.fill("#id_headline", "What is kept of it")
    wait_until_kept(anna, "What is kept of it")
    kept = anna.evaluate("JSON.stringify({...localStorage})")

    assert "What is kept of it" in kept
    assert "csrfmiddlewaretoken" not in kept
    assert PASSWORD not in kept


def test_others_who_save_or_have_the_page_open_are_named(anna, ben):
    form = write_post(anna, "Two at one desk")
    with ben.expect_event("requestfinished", lambda request: "/desk-state/" in request.url):
        ben.goto(form)
    anna.evaluate("window.dispatchEvent(new Event('focus'))")
    anna.get_by_text("Ben Moss also has this page open.").wait_for()
    ben.fill("#id_headline", "Two at one table")
    save(ben)

    anna.evaluate("window.dispatchEvent(new Event('focus'))")
    anna.get_by_text("Ben Moss saved this page at").wait_for()
    assert anna.evaluate("document.activeElement.tagName") != "A"  # the focus stays where it was

"""A patient on the way and a nurse at the board, each in a real browser."""

import pytest

from tests.browser.accessibility import load_axe, violations

FIRST = "/er/backus-hospital/on-my-way/"
BOARD = "/admin/ertimes/arrivalnotice/"
FILLED_IN_AS_A_PERSON_DOES = 2100  # milliseconds


@pytest.fixture
def phone(browser, site):
    """Return a function that opens a phone, with or without JavaScript."""
    contexts = []

    def opened(**options):
        context = browser.new_context(base_url=site.address, viewport={"width": 360, "height": 740}, **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def fill_in(page, name):
    page.goto(f"{FIRST}tell/")
    page.get_by_label("In about 30 minutes").check()
    page.get_by_label("First name or initials").fill(name)
    page.wait_for_timeout(FILLED_IN_AS_A_PERSON_DOES)


def send(page):
    page.get_by_role("button", name="Tell them I am coming").click()
    page.wait_for_url("**/on-my-way/*:*/")


def test_patient_without_javascript_tells_changes_and_cancels(phone):
    page = phone(java_script_enabled=False)
    page.goto(FIRST)
    page.get_by_role("link", name="tell them I am coming").click()
    page.get_by_role("button", name="Tell them I am coming").click()
    assert "Choose in how many minutes you will be there." in page.inner_text("main")

    page.wait_for_timeout(FILLED_IN_AS_A_PERSON_DOES)
    page.get_by_label("In about 15 minutes").check()
    page.get_by_label("First name or initials").fill("Ana")
    page.get_by_label("Interpreter").select_option("es")
    send(page)
    assert "Staff have not looked at it yet" in page.inner_text("main")

    page.get_by_text("Change the time or what you need").click()
    page.get_by_label("I need a wheelchair at the door").check()
    page.get_by_role("button", name="Tell staff what has changed").click()
    assert "Wheelchair" in page.inner_text("dl >> nth=0")

    page.get_by_text("I am not coming").click()
    page.get_by_role("button", name="Cancel my notice").click()
    assert page.inner_text("h1") == "Your notice is cancelled"
    assert page.context.cookies() == []


def test_patient_with_a_keyboard_who_presses_twice_tells_once_and_nurse_answers(phone, signed_in):
    page = phone()
    heard = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(FIRST)
    assert screen_violations(page) == []
    page.get_by_role("link", name="tell them I am coming").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tell/")
    page.get_by_label("In about 15 minutes").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Zebedee")
    assert screen_violations(page) == []
    page.wait_for_timeout(FILLED_IN_AS_A_PERSON_DOES)
    page.get_by_role("button", name="Tell them I am coming").dblclick()
    page.wait_for_url("**/on-my-way/*:*/")
    assert screen_violations(page) == []
    code = page.inner_text(".arrival__characters")

    board = signed_in
    board.goto(BOARD)
    row = board.locator("#board li", has_text="Zebedee")
    assert row.count() == 1
    assert code in row.inner_text()
    assert screen_violations(board) == []
    row.get_by_role("button", name="Seen").click()
    board.wait_for_selector("[data-said]")
    assert board.evaluate("document.activeElement.hasAttribute('data-said')")

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector(".arrival__status--acknowledged")
    assert heard == []

    board.wait_for_timeout(500)  # rows that have just moved take no tap
    board.locator("#board li", has_text="Zebedee").get_by_role("button", name="Arrived").click()
    board.wait_for_selector("#board:not(:has(> ul > li:has-text('Zebedee')))")


def test_board_shows_who_is_new_by_itself_and_never_looks_live_when_it_is_not(phone, signed_in):
    board = signed_in
    board.goto(BOARD)
    page = phone()
    fill_in(page, "Quentin")
    send(page)
    code = page.inner_text(".arrival__characters")

    board.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    board.wait_for_selector("#board li:has-text('Quentin')")
    assert " ".join(code) in board.text_content("[data-news]")
    assert board.locator("[data-stale]").is_hidden()

    board.context.clear_cookies()  # signed out by another tab
    for _ in range(2):
        with board.expect_response(lambda response: "/admin/login/" in response.url):
            board.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    board.wait_for_selector("[data-stale]:visible")
    assert "Quentin" in board.inner_text("#board")

    page.get_by_text("I am not coming").click()
    page.get_by_role("button", name="Cancel my notice").click()


def screen_violations(page):
    load_axe(page)
    return violations(page)

"""A visitor without JavaScript reaches everything."""

import pytest


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False, "viewport": {"width": 360, "height": 740}}


@pytest.mark.usefixtures("fresh_waits")
def test_er_board_shows_waits_and_phone(page):
    page.goto("/er/")

    assert page.locator("[data-expires-at]").count() >= 2
    assert page.locator("main a[href^='tel:']").count() >= 2


def test_search_answers_with_a_plain_form(page):
    page.goto("/search/")
    page.locator("main input[name=q]").fill("anticoagulation")
    with page.expect_navigation():
        page.locator("main input[name=q]").press("Enter")

    assert page.url.endswith("/search/?q=anticoagulation")
    assert page.locator("main a[href='tel:+18608922711']").count() >= 1


def test_results_are_narrowed_by_links(page):
    page.goto("/search/?q=care")
    with page.expect_navigation():
        page.locator("#kind-service").click()

    assert page.url.endswith("/search/?q=care&kind=service")
    assert set(page.locator(".search-results__kind").all_inner_texts()) == {"Services"}


def test_numbers_are_found_on_the_contact_page(page):
    page.goto("/contact/")
    page.locator("#live-box").fill("anticoagulation")
    with page.expect_navigation():
        page.locator("#live-box").press("Enter")

    assert page.locator("#live-found a[href='tel:+18608922711']").count() >= 1


def test_menu_leads_to_the_contact_page(page):
    page.goto("/")
    menu = page.locator("header a[href='/contact/']:visible, header summary:visible, header a[href^='#']:visible").last
    menu.click()
    with page.expect_navigation():
        page.locator("a[href='/contact/']:visible").first.click()

    assert page.locator("h1").inner_text() == "Contact directory"


def sign_up(page, email):
    page.goto("/newsletter/")
    page.locator("input[name=lists]").first.check()
    page.fill("input[name=email]", email)
    page.wait_for_timeout(2100)  # what is faster looks like a program
    with page.expect_navigation():
        page.locator("main form button").click()


def test_newsletter_takes_an_address(page):
    sign_up(page, "reader@example.org")

    assert page.url.endswith("/newsletter/look-into-your-mail/")


def test_newsletter_tells_what_is_wrong_and_keeps_what_was_typed(page):
    sign_up(page, "reader@example")

    assert page.input_value("input[name=email]") == "reader@example"
    assert page.locator("input[name=lists]").first.is_checked()
    assert "not a complete email address" in page.locator("main").inner_text()

""" "Set the wait" in a nurse's hand: two taps on a phone, without script, and after a slip."""

import pytest

from tests.browser.accessibility import load_axe, violations
from tests.browser.staff import PASSWORD, sign_in

PHONE = {"width": 390, "height": 844}
TALLEST_MISSED = 56  # pixels: what is pressed is at least as high

HIRE = f"""
from django.contrib.auth.models import Group, User
nurse = User.objects.create_user("nora", password="{PASSWORD}", first_name="Nora", last_name="Bell", is_staff=True)
nurse.groups.add(Group.objects.get(name="ED charge nurse"))
"""
FORGET = """
from ertimes.models import EmergencyDepartment, WaitTimeReading
WaitTimeReading.objects.filter(entered_by__username="nora").delete()
EmergencyDepartment.objects.update(status="normal", status_text="", status_until=None)
"""
SMALL = f"""() => [...document.querySelectorAll(".set-wait :is(button, a, summary, .set-wait__tile, input[type=text])")]
    .filter((each) => each.offsetParent && each.getBoundingClientRect().height < {TALLEST_MISSED})
    .map((each) => each.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def nurse(browser, site):
    """The cookies of a charge nurse; what she has said is forgotten at the end."""
    site.manage("ensure_roles")
    site.manage("shell", "-c", HIRE)
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/admin/login/")
    sign_in(page, "nora")
    yield context.cookies()
    context.close()
    site.manage("shell", "-c", FORGET)


def phone(browser, site, cookies, **options):
    """Return a page on the nurse's phone. Close its context when done."""
    context = browser.new_context(base_url=site.address, viewport=PHONE, **options)
    context.add_cookies(cookies)
    return context.new_page()


def board(site, browser, name):
    """Return what a visitor reads of the department `name` on the board."""
    page = browser.new_page(base_url=site.address)
    page.goto("/er/")
    text = page.locator(".wait-board__department", has_text=name).first.inner_text()
    page.close()
    return text


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_two_taps_on_a_phone_show_a_wait(browser, site, nurse):
    page = phone(browser, site, nurse)
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto("/admin/")
    with page.expect_navigation():
        page.get_by_role("link", name="Set the wait").first.click()
    name = page.locator("h1").inner_text().partition(": ")[2]
    load_axe(page)
    assert (violations(page), page.evaluate(SMALL)) == ([], [])

    page.locator(".set-wait__tile", has_text="45").click()
    press(page, "Show this wait")

    assert "45" in board(site, browser, name)
    assert "Said by Nora Bell" in page.locator("[data-visitors-see]").inner_text()
    page.get_by_role("button", name="5 minutes more").click()
    assert page.input_value("#id_number") == "50"
    page.locator(".set-wait__tile", has_text="75").click()
    assert page.input_value("#id_number") == ""

    page.fill("#id_number", "450")
    page.keyboard.press("Enter")
    page.locator("[data-question]:focus").wait_for()
    load_axe(page)
    assert violations(page) == []
    press(page, "Yes, show 7 hours 30 minutes")
    assert "450" in board(site, browser, name)
    press(page, "Back to the feed")
    assert page.get_by_role("button", name="Back to the feed").count() == 0
    assert heard == []
    page.context.close()


def test_without_script_all_is_there(browser, site, nurse):
    page = phone(browser, site, nurse, java_script_enabled=False, color_scheme="dark")
    page.goto("/admin/ertimes/emergencydepartment/set-wait/")
    page.locator(".set-wait__departments a").last.click()
    name = page.locator("h1").inner_text().partition(": ")[2]
    assert page.get_by_role("button", name="5 minutes more").count() == 0

    page.fill("#id_number", "37")
    press(page, "Show this wait")
    assert "37" in board(site, browser, name)
    press(page, "Show no number")
    assert "not available right now" in board(site, browser, name)
    page.fill("#id_text", "No X-ray until the morning.")
    press(page, "Limited")
    assert "No X-ray until the morning." in board(site, browser, name)
    press(page, "Open as usual")
    assert "No X-ray" not in board(site, browser, name)
    page.context.close()

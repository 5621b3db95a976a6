"""Two visitors and one seat, in a real browser without JavaScript, and what a screen reader would stumble over."""

import pytest

from tests.browser.accessibility import load_axe, violations

FILLED_IN_AS_A_PERSON_DOES = 2100  # milliseconds

ONE_SEAT = """
from datetime import date, time
from django.utils import timezone
from events.models import Event, EventDate
Event.objects.create(
    title="One seat", slug="one-seat", first_day=date(2099, 6, 4), start_time=time(10), end_time=time(11), seats=1,
    sign_up_by="here", published_at=timezone.now(),
)
print(EventDate.objects.get(event__slug="one-seat").pk)
"""


@pytest.fixture
def address(site):
    """The form for a date with one seat; the event is gone afterwards."""
    yield f"/events/one-seat/register/{site.manage('shell', '-c', ONE_SEAT).split()[-1]}/"
    forget = "from events.models import *; Registration.objects.filter(date__event__slug='one-seat').delete(); "
    site.manage("shell", "-c", f"{forget}Event.objects.filter(slug='one-seat').delete()")


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


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def register(page, address, name, button):
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email address").fill(f"{name.lower()}@example.org")
    page.wait_for_timeout(FILLED_IN_AS_A_PERSON_DOES)
    press(page, button)


def stumbled_over(page):
    load_axe(page)
    return violations(page)


def test_one_registers_another_waits_moves_up_accepts_and_cancels(phone, address):
    ana, ben = phone(java_script_enabled=False), phone()
    heard = []
    ben.on("pageerror", lambda error: heard.append(str(error)))

    register(ana, address, "Ana", "Register")
    assert ana.inner_text("h1") == "You are registered"

    ben.goto(address)
    assert stumbled_over(ben) == []
    press(ben, "Join the waiting list")
    assert ben.evaluate("document.activeElement.matches('[data-error-summary]')")
    assert stumbled_over(ben) == []
    register(ben, address, "Ben", "Join the waiting list")
    assert ben.inner_text("h1") == "You are on the waiting list"
    assert stumbled_over(ben) == []

    ana.get_by_text("I cannot come").click()
    press(ana, "Cancel my registration")
    assert ana.inner_text("h1") == "Your registration is cancelled"

    ben.reload()
    assert ben.inner_text("h1") == "A seat is free for you"
    assert stumbled_over(ben) == []
    press(ben, "Yes, I take it")
    assert ben.inner_text("h1") == "You are registered"
    assert stumbled_over(ben) == []
    ben.get_by_text("I cannot come").click()
    press(ben, "Cancel my registration")
    assert ben.inner_text("h1") == "Your registration is cancelled"
    assert stumbled_over(ben) == []
    assert ben.evaluate("document.documentElement.scrollWidth") == 360
    assert (heard, ana.context.cookies(), ben.context.cookies()) == ([], [], [])

"""The coordinator's day: a series by keyboard, one date of it cancelled with a message, seen on the public page."""

from datetime import timedelta

from django.utils import timezone

from tests.browser.accessibility import load_axe, violations

TITLE = "Browser caregivers’ circle"


def choose(page, label, value):
    """Choose an option as who has no mouse does: go to the list and pick it there."""
    field = page.get_by_label(label, exact=True)
    field.focus()
    field.select_option(value)


def looked_at(page):
    load_axe(page)
    return [line for line in violations(page) if "select2" not in line]


def test_a_series_is_made_by_keyboard_and_one_date_is_cancelled(signed_in, complaints):
    page = signed_in
    tuesday = timezone.localdate() + timedelta(days=(1 - timezone.localdate().weekday()) % 7 + 7)
    page.goto("/admin/events/event/add/")
    page.locator("#id_title").focus()
    page.keyboard.type(TITLE)
    page.locator("#id_first_day").fill(tuesday.isoformat())
    page.locator("#id_start_time").fill("18:00")
    page.locator("#id_end_time").fill("19:30")
    page.locator("#id_repeats").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.locator("#id_place").fill("Room 5")

    page.get_by_text("Further ones are added day by day.").wait_for()
    assert page.locator("#id_repeats").input_value() == "week"
    assert page.locator("#id_until").is_hidden()
    assert looked_at(page) == []
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    with page.expect_navigation():
        page.get_by_role("link", name="Dates", exact=True).click()
    assert looked_at(page) == []
    event = page.url.split("/")[-3]

    page.goto(f"/admin/events/event/{event}/publish/")
    for tick in page.locator("input[name=tick]").all():
        tick.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).click()
    page.goto(f"/admin/events/event/{event}/dates/")
    second = tuesday + timedelta(days=7)
    with page.expect_navigation():
        page.get_by_role("link", name=f"{second:%a, %b} {second.day}, {second.year}").first.click()
    assert looked_at(page) == []
    page.get_by_label("Cancelled").check()
    page.get_by_label("In a sentence, on the page").fill("The speaker is ill.")
    with page.expect_navigation():
        page.get_by_role("button", name="Say so").click()
    assert page.get_by_text("It is done, and visitors see it.").is_visible()

    page.goto(f"/admin/events/event/month/?month={second:%Y-%m}")
    assert page.locator(".month__date--off", has_text=TITLE).count() == 1
    assert looked_at(page) == []
    page.goto("/events/browser-caregivers-circle/")
    assert page.get_by_text("The speaker is ill.").first.is_visible()
    assert (complaints.heard, complaints.foreign) == ([], [])
    page.goto(f"/admin/events/event/{event}/delete/")
    with page.expect_navigation():
        page.locator("input[type=submit]").click()

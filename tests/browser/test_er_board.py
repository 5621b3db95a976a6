"""The board in a tab that somebody left open."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from playwright.sync_api import expect

OPENED = datetime(2030, 6, 21, 12, tzinfo=UTC)  # by the visitor's clock, which may be wrong by years
HOUR = timedelta(hours=1)
NUMBERS = "main .wait-board__wait"
NOT_NOW = "Wait time not available right now"


@pytest.fixture(scope="module", autouse=True)
def waits(site):
    """Waits reported just now, which hold for as long as these tests take."""
    site.manage("demo_feed", "--once")


# A window that is not looked at, as the page sees it.
HIDE_AND_SHOW = """
    Object.defineProperty(document, "hidden", { get: () => window.away === true });
    window.look = (away) => { window.away = away; document.dispatchEvent(new Event("visibilitychange")); };
"""


def asks_for_the_time(request):
    return request.url.endswith("/healthz")


def asks_for_the_list(request):
    return request.url.endswith("/er/") and request.headers.get("hx-request") == "true"


def open_board(page, *, opened=OPENED, path="/er/"):
    """Open the board with the visitor's clock at `opened`, and wait until it knows the server's time."""
    page.clock.install(time=opened)
    with page.expect_event("requestfinished", asks_for_the_time):
        page.goto(path)
    expect(page.locator(NUMBERS).first).to_be_visible()
    # From here on no second passes that the test does not count.
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 10)


def refresh(page):
    """Let the time pass until the list has been fetched, and return the answer's status."""
    sent = []
    page.on("request", lambda request: sent.append(request) if asks_for_the_list(request) else None)
    with page.expect_event("requestfinished", asks_for_the_list) as asked:
        for _ in range(20):
            page.clock.run_for(5_000)
            if sent:
                break
    return asked.value.response().status


def wake(page, clock):
    """Let the visitor's clock show `clock` and no other one run, as after sleep, or once it was set by hand."""
    page.clock.set_system_time(clock)
    page.evaluate("window.dispatchEvent(new Event('focus'))")


@pytest.fixture
def report(site):
    """Report a wait of so many minutes of the first department, measured now."""

    def store(minutes):
        site.manage(
            "shell",
            "--no-imports",
            "-c",
            "from datetime import timedelta as t; from django.utils.timezone import now; from ertimes.models import *;"
            "WaitTimeReading.objects.create(department=EmergencyDepartment.objects.order_by('position')[0], "
            f"observed_at=now(), door_to_provider=t(minutes={minutes}), source='feed', demonstration=True)",
        )

    return store


@pytest.mark.usefixtures("fresh_waits")
def test_wait_blanks_itself_when_its_time_has_come_even_offline(page, context):
    page.clock.install(time=OPENED)
    with page.expect_event("requestfinished", asks_for_the_time):
        page.goto("/er/")
    left = parse_datetime(page.locator("[data-expires-at]").first.get_attribute("data-expires-at")) - timezone.now()
    opened = page.evaluate("performance.now()")  # milliseconds
    assert timedelta(0) < left <= timedelta(minutes=60)

    context.set_offline(True)
    page.clock.pause_at(OPENED + timedelta(minutes=2))  # from here on no second passes that the test does not count
    passed = page.evaluate("performance.now()") - opened
    page.clock.run_for(left.total_seconds() * 1000 - passed - 30_000)
    before = page.inner_text("main")
    page.clock.run_for(30_000)
    after = page.inner_text("main")

    assert NOT_NOW not in before
    assert NOT_NOW in after
    assert page.locator(NUMBERS).count() == 0
    assert NOT_NOW in page.locator("main [role=status]").inner_text()


@pytest.mark.usefixtures("fresh_waits")
def test_a_wait_says_when_it_was_last_reported_once_it_is_older(page, context):
    open_board(page)
    context.set_offline(True)
    label = page.locator("main .wait-board__time").first
    before = label.inner_text()

    page.clock.run_for(20 * 60_000)

    assert before.startswith("Reported")
    assert label.inner_text().startswith("Last reported")


def test_a_wait_that_ended_while_the_phone_slept_is_gone_when_it_wakes(page, context):
    open_board(page)
    context.set_offline(True)

    wake(page, OPENED + 2 * HOUR)

    assert page.locator(NUMBERS).count() == 0


def test_a_wait_is_gone_after_sleep_though_the_clock_had_been_set_back_before(page, context):
    open_board(page)
    with page.expect_event("requestfinished", asks_for_the_time):
        wake(page, OPENED - 9000 * HOUR)
    expect(page.locator(NUMBERS).first).to_be_visible()
    context.set_offline(True)

    wake(page, OPENED - 8998 * HOUR)

    assert page.locator(NUMBERS).count() == 0


@pytest.mark.parametrize("clock", [OPENED + 9000 * HOUR, OPENED - 9000 * HOUR], ids=["ahead", "behind"])
def test_a_clock_that_is_set_during_the_visit_takes_no_good_wait_away(page, clock):
    open_board(page)
    numbers = page.locator(NUMBERS).count()

    with page.expect_event("requestfinished", asks_for_the_time):
        wake(page, clock)

    expect(page.locator(NUMBERS)).to_have_count(numbers)
    assert page.locator("main [role=status]").inner_text() == ""


@pytest.mark.parametrize("opened", [datetime(1999, 1, 1, tzinfo=UTC), datetime(2055, 1, 1, tzinfo=UTC)])
def test_a_clock_that_is_wrong_by_years_takes_no_good_wait_away(page, opened):
    open_board(page, opened=opened)

    page.clock.run_for(30_000)

    assert page.locator(NUMBERS).count() >= 2


@pytest.mark.parametrize("path", ["/er/", "/"], ids=["board", "home"])
def test_a_page_out_of_the_browsers_own_cache_shows_no_wait_that_is_over(page, path):
    page.goto(path)
    page.goto("/contact/")
    in_two_hours = {"Date": format_datetime(datetime.now(UTC) + 2 * HOUR, usegmt=True)}
    page.route("**/healthz", lambda route: route.fulfill(status=200, headers=in_two_hours, body="ok"))

    with page.expect_event("requestfinished", asks_for_the_time):
        page.go_back()

    expect(page.get_by_text(NOT_NOW).first).to_be_visible()
    assert page.locator(NUMBERS).count() == 0


def test_a_page_out_of_the_browsers_own_cache_shows_no_wait_while_nobody_tells_the_time(page):
    page.goto("/er/")
    page.goto("/contact/")
    page.route("**/healthz", lambda route: route.abort())

    with page.expect_event("requestfailed", asks_for_the_time):
        page.go_back()

    assert page.locator(NUMBERS).count() == 0
    assert page.get_by_text(NOT_NOW).count() >= 2


def test_a_page_out_of_the_browsers_own_cache_shows_a_wait_that_still_holds(page):
    page.goto("/er/")
    page.goto("/contact/")

    with page.expect_event("requestfinished", asks_for_the_time):
        page.go_back()

    expect(page.locator(NUMBERS).first).to_be_visible()


def test_a_change_is_told_and_nothing_else(page, report):
    report(71)
    open_board(page)
    status = page.locator("main [role=status]")
    name = page.locator("main .wait-board__name").first.inner_text()

    unchanged = refresh(page)
    told_first = status.inner_text()
    report(72)
    changed = refresh(page)
    expect(status).to_have_text(f"{name}: 72 minutes")
    same_again = refresh(page)

    assert (unchanged in (200, 304), told_first) == (True, "")
    assert (changed, same_again) == (200, 304)
    expect(page.locator(NUMBERS).first).to_have_text("72 min")
    assert page.locator(NUMBERS).count() >= 2


def test_the_keyboard_stays_where_it_was_when_the_list_is_put_in_afresh(page, report):
    report(73)
    open_board(page)
    link = page.locator("main .wait-board__actions a").first
    link.focus()
    place = link.get_attribute("id")
    report(74)

    refresh(page)

    expect(page.locator(NUMBERS).first).to_have_text("74 min")
    assert page.evaluate("document.activeElement.id") == place


def test_a_tab_that_nobody_sees_rests_and_is_up_to_date_when_it_is_seen_again(page):
    page.add_init_script(HIDE_AND_SHOW)
    open_board(page)
    asked = []
    page.on("request", lambda request: asked.append(request) if asks_for_the_list(request) else None)

    page.evaluate("look(true)")
    page.clock.run_for(20 * 60_000)
    while_hidden = len(asked)
    with page.expect_event("requestfinished", asks_for_the_list):
        page.evaluate("look(false)")
        page.clock.run_for(1)

    assert while_hidden == 0


def test_a_tab_that_was_away_for_a_moment_does_not_ask_at_once(page):
    page.add_init_script(HIDE_AND_SHOW)
    open_board(page)
    refresh(page)
    asked = []
    page.on("request", lambda request: asked.append(request) if asks_for_the_list(request) else None)

    page.evaluate("look(true)")
    page.clock.run_for(5_000)
    page.evaluate("look(false)")
    page.clock.run_for(5_000)

    assert asked == []


def test_it_asks_less_often_while_answers_fail(page):
    open_board(page)
    asked = []

    def fail(route):
        if route.request.headers.get("hx-request"):
            asked.append(route.request)
            route.fulfill(status=503, body="<p>broken</p>")
        else:
            route.continue_()

    page.route("**/er/", fail)
    numbers = page.locator(NUMBERS).count()
    for _ in range(40):
        page.clock.run_for(60_000)

    assert 5 <= len(asked) <= 8  # after 1, 3, 7, 15, 23, 31 and 39 minutes, more or less
    assert page.locator("main", has_text="broken").count() == 0
    assert numbers >= 2

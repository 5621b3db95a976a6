"""The board in a tab that somebody left open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.dateparse import parse_datetime

OPENED = datetime(2030, 6, 21, 12, tzinfo=UTC)  # by the visitor's clock, which may be wrong by years


@pytest.mark.usefixtures("fresh_waits")
def test_wait_blanks_itself_when_its_time_has_come_even_offline(page, context):
    page.clock.install(time=OPENED)
    with page.expect_event("requestfinished", lambda request: "/healthz" in request.url):  # how old is the page?
        page.goto("/er/")
    number = page.locator("[data-expires-at]").first
    left = parse_datetime(number.get_attribute("data-expires-at")) - parse_datetime(number.get_attribute("data-now"))
    assert timedelta(0) < left <= timedelta(minutes=60)

    context.set_offline(True)
    page.clock.pause_at(OPENED + timedelta(minutes=2))  # from here on no second passes that the test does not count
    passed = page.evaluate("performance.now()")  # milliseconds
    page.clock.run_for(left.total_seconds() * 1000 - passed - 5000)
    before = page.inner_text("main")
    page.clock.run_for(10_000)
    after = page.inner_text("main")

    assert "not available right now" not in before
    assert "not available right now" in after
    assert page.locator("[data-expires-at]").count() == 0

"""The board in a tab that somebody left open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

OPENED = datetime(2030, 6, 21, 12, tzinfo=UTC)  # by the visitor's clock, which may be wrong by years


@pytest.mark.usefixtures("fresh_waits")
def test_wait_blanks_itself_when_its_time_has_come_even_offline(page, context):
    page.clock.install(time=OPENED)
    with page.expect_event("requestfinished", lambda request: "/healthz" in request.url):  # what time is it there?
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

    assert "not available right now" not in before
    assert "not available right now" in after
    assert page.locator(".wait-board__wait").count() == 0

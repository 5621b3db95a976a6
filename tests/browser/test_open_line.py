"""Whether a place is open, in a tab that somebody left open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from playwright.sync_api import expect

from tests.browser.accessibility import load_axe, violations

OPENED = datetime(2030, 6, 21, 12, tzinfo=UTC)  # by the visitor's clock, which may be wrong by years
MAKE = (
    "from directory.models import *; from django.utils.timezone import now;"
    "place = Location.objects.create(name='Night Clinic', slug='night-clinic', published_at=now());"
    "[WeeklyHours.objects.create(location=place, weekday=day, all_day=True) for day in range(7)]"
)


@pytest.fixture
def night_clinic(site):
    """The address of a place that is open day and night."""
    site.manage("shell", "--no-imports", "-c", MAKE)
    yield "/locations/night-clinic/"
    site.manage(
        "shell",
        "--no-imports",
        "-c",
        "from directory.models import *; Location.objects.filter(slug='night-clinic').delete()",
    )


def test_the_line_leaves_an_open_tab_when_it_is_no_longer_sure_even_offline(page, context, night_clinic):
    page.clock.install(time=OPENED)
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/healthz")):
        page.goto(night_clinic)
    line, today = page.locator(".open-line"), page.locator(".hours__today")
    expect(line).to_have_text("Open now, 24 hours a day")
    expect(today).to_have_text("Today")
    load_axe(page)
    assert violations(page) == []
    holds_for = parse_datetime(line.get_attribute("data-expires-at")) - timezone.now()
    context.set_offline(True)
    page.clock.pause_at(OPENED + timedelta(minutes=2))  # from here on no second passes that the test does not count

    page.clock.run_for(holds_for.total_seconds() * 1000)

    expect(line).to_be_hidden()
    expect(today).to_be_hidden()
    expect(page.locator(".hours__row")).to_have_count(7)

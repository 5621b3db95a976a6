"""A real browser in front of the real server."""

import pytest

from tests.browser.staff import Staff
from tests.live_site import LiveSite
from tests.patience import be_patient
from tests.system_packages import find_browser


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site with its demonstration content; tests share it and leave it as they found it."""
    with LiveSite(tmp_path_factory.mktemp("live")) as live:
        yield live


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, kept from calling home."""
    executable = find_browser()
    if executable is None:
        pytest.fail("Chromium is missing: apt-get install chromium-headless-shell")
    quiet = ("background-networking", "component-update", "sync", "gpu")
    return {
        "executable_path": executable,
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)],
    }


@pytest.fixture(scope="session")
def browser(browser):
    """The browser, which waits for a slow machine."""
    be_patient(browser)
    return browser


@pytest.fixture(scope="session")
def base_url(site):
    return site.address


@pytest.fixture
def fresh_waits(site):
    """ER waits reported just now: those the site began with are shown for an hour, and all tests may take longer."""
    site.manage("demo_feed", "--once")


class Complaints:
    """What a browser complains of while it shows a page, and whom it asks besides the site."""

    def __init__(self, page, address):
        self.heard = []
        self.foreign = []
        self.address = address
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._request)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.heard.append(f"console: {message.text}")

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # that one was only cut off by the next page
            self.heard.append(f"failed: {request.url} {request.failure}")

    def _request(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)


@pytest.fixture
def complaints(page, site):
    """What the browser complains of during the test."""
    return Complaints(page, site.address)


@pytest.fixture(scope="session")
def session_of_admin(browser, site):
    """The cookies of the first user, signed in once by the form."""
    page = browser.new_page(base_url=site.address)
    page.goto("/admin/login/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", site.admin_password)
    page.click("input[type=submit]")
    page.wait_for_url("**/admin/")
    cookies = page.context.cookies()
    page.context.close()
    return cookies


@pytest.fixture
def signed_in(page, session_of_admin):
    """The page, signed in to the admin as its first user."""
    page.context.add_cookies(session_of_admin)
    return page


@pytest.fixture(scope="session")
def staff(browser, site):
    """The people who work on the site."""
    return Staff(browser, site)


@pytest.fixture
def anna(staff):
    """The author's browser; she may not publish."""
    page = staff.sit_down("anna")
    yield page
    page.context.close()


@pytest.fixture
def ben(staff):
    """The reviewer's browser; he may publish."""
    page = staff.sit_down("ben")
    yield page
    page.context.close()

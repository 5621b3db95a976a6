"""The widget in somebody else's page, and nothing else of ours there."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import load_axe, violations
from tests.browser.test_er_board import NOT_NOW, OPENED, asks_for_the_time

WIDGET = "/er/backus-hospital/widget/"
AS_THE_OPEN_DATA_PAGE_SAYS = (
    'sandbox="allow-scripts allow-same-origin allow-popups allow-top-navigation-by-user-activation"'
)


@pytest.fixture(scope="module", autouse=True)
def waits(site):
    """Waits reported just now, which hold for as long as these tests take."""
    site.manage("demo_feed", "--once")


@pytest.fixture(scope="module")
def elsewhere(site):
    """The address of another site: its page /er/… frames ours at /er/…, 240 pixels wide."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            frame = f'<iframe src="{site.address}{self.path}" width="240" height="600" {AS_THE_OPEN_DATA_PAGE_SAYS}>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Elsewhere</title>{frame}</iframe>".encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_it_shows_in_a_page_of_another_site_and_leaves_no_trace(page, context, site, elsewhere):
    asked = []
    page.on("request", lambda request: asked.append(request))

    page.goto(elsewhere + WIDGET)
    widget = page.frame_locator("iframe")

    expect(widget.locator(".wait-board__wait")).to_be_visible()
    expect(widget.get_by_text("Patients are seen in order of severity.")).to_be_visible()
    ours = [request for request in asked if request.url.startswith(site.address)]
    assert {request.url for request in asked if request not in ours} <= {elsewhere + WIDGET, elsewhere + "/favicon.ico"}
    assert [request.url for request in ours if elsewhere in request.headers.get("referer", "")] in ([], [ours[0].url])
    assert context.cookies() == []
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.frames[1].evaluate(sideways) == 0


def test_it_takes_its_number_off_in_a_page_of_another_site(page, context, elsewhere):
    page.clock.install(time=OPENED)
    with page.expect_event("requestfinished", asks_for_the_time):
        page.goto(elsewhere + WIDGET)
    widget = page.frame_locator("iframe")
    expect(widget.locator(".wait-board__wait")).to_be_visible()

    context.set_offline(True)
    page.clock.pause_at(OPENED.replace(hour=14))

    expect(widget.locator(".wait-board__state", has_text=NOT_NOW)).to_be_visible()
    assert widget.locator(".wait-board__wait").count() == 0


@pytest.mark.parametrize("path", ["/er/", "/er/backus-hospital/", "/", "/er/backus-hospital/on-my-way/"])
def test_no_other_page_shows_in_a_page_of_another_site(page, elsewhere, path):
    page.goto(elsewhere + path)

    assert page.frames[1].url == "chrome-error://chromewebdata/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [240, 600])
def test_it_is_accessible(page, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(WIDGET)
    load_axe(page)

    assert violations(page) == []

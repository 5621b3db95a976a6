"""Take the pictures of docs/editors.md: `python -m tests.guide_pictures`, called by `make guide-pictures`.

Two made-up people, an author and an administrator, walk the desk of a demonstration site of their own; what
they see on the way goes into docs/images/desk/. Look at every picture before it is committed.
"""

import io
import shutil
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import sync_playwright

from deploy.bootstrap import ROOT
from deploy.setup_error import SetupError, exit_with
from tests import system_packages
from tests.browser.desk import wait_until_kept
from tests.live_site import LiveSite
from tests.patience import be_patient
from tests.screenshots import LOAD_ALL, QUIET

FOLDER = ROOT / "docs" / "images" / "desk"
DRAWINGS = ROOT / "pages" / "demo" / "images"
WINDOW = {"width": 1100, "height": 800}
MARGIN = 8  # pixels around what a picture shows
COLOURS = 128  # of a PNG: the screens have few
LARGEST = 80_000  # bytes of one picture
EASTERN = ZoneInfo("America/New_York")
PASSWORD = "for-the-pictures-of-the-guide"  # of a site that is gone a minute later

# The two accounts, and what lies in the future or the past of a site that has been in use for some time.
PEOPLE = f"""
from datetime import timedelta
from django.contrib.auth.models import Group, User
from django.utils import timezone
from directory.models import Service
from news.models import Article
from pages.models import SiteAlert
for name, first, last, role in [
    ("anna.lee", "Anna", "Lee", "News author"), ("ben.ortiz", "Ben", "Ortiz", "Site administrator"),
]:
    user = User.objects.create_user(name, password="{PASSWORD}", first_name=first, last_name=last, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
service = Service.objects.order_by("name").last()
service.owner, service.review_on = user, timezone.localdate() - timedelta(days=9)
service.save()
SiteAlert.objects.create(
    heading="The visitors’ garage closes for painting", text="Please park in lot B.",
    published_at=timezone.now() + timedelta(days=4), expires_at=timezone.now() + timedelta(days=6), owner=user,
)
for headline, slug, goes_live, goes in [
    ("Carols in the lobby", "carols", timedelta(days=9), None),
    ("The café is closed for a day", "cafe-closed", timedelta(days=-12), timedelta(days=-5)),
]:
    Article.objects.create(
        headline=headline, slug=slug, body="<p>Everybody is welcome.</p>", published_at=timezone.now() + goes_live,
        expires_at=goes and timezone.now() + goes, owner=user,
    )
"""

HEADLINE = "The healing garden is open"
FROM_WORD = """
<p class=MsoNormal><span style='color:#1F497D'>The garden behind the main building is open to patients, families
and staff.</span></p>
<p class=MsoNormal><img src="file:///C:/garden.png"></p>
<h2>What you find there</h2>
<p class=MsoNormal>Benches in the shade, herbs that you may touch, and a path that is wide enough for every chair.</p>
<p class=MsoNormal>The gardeners show it this week. To come with a group, <a href="/contct/">click here</a>.</p>
"""
MENDED = """
<p>The garden behind the main building is open to patients, families and staff.</p><h2>What you find there</h2>
<p>Benches in the shade, herbs that you may touch, and a path that is wide enough for every chair.</p>
<p>The gardeners show it this week. To come with a group, <a href="/contact/">ask the volunteers’ office</a>.</p>
"""
PASTE = """([html, text]) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/html", html)
    clipboardData.setData("text/plain", text)
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
    document.querySelector(".tiptap").dispatchEvent(paste)
}"""


def save(name, screenshot):
    """Store the bytes of a screenshot as small as they read well. Raises SetupError where that is not small."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    if picture.width > WINDOW["width"]:
        picture.thumbnail((1000, 2000), Image.Resampling.LANCZOS)
    path = FOLDER / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > LARGEST:  # drawings and photographs
        path.unlink()
        path = path.with_suffix(".jpg")
        picture.save(path, quality=70, optimize=True, progressive=True)
    if path.stat().st_size > LARGEST:
        raise SetupError(f"{path.name} has {path.stat().st_size} bytes: show less of the screen.")
    print(f"  {path.name}, {picture.width} x {picture.height}, {path.stat().st_size // 1000} kB", flush=True)


class Desk:
    """What one person does at the admin, in a browser of his own."""

    def __init__(self, browser, address, name):
        self.context = browser.new_context(
            base_url=address,
            viewport=WINDOW,
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="America/New_York",
        )
        # The list of all kinds at the side is folded, so that the pictures show what they are about.
        self.context.add_init_script("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
        self.page = self.context.new_page()
        self.page.goto("/admin/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("input[type=submit]")
        self.page.wait_for_url("**/admin/")

    def open(self, path):
        self.page.goto(path, wait_until="networkidle")

    def press(self, button, leads_to):
        """Press the button of this name and wait for the address it leads to, a pattern."""
        with self.page.expect_navigation(url=leads_to, wait_until="networkidle"):
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def follow(self, link):
        """Follow the link of this name and wait for the page."""
        address = self.page.get_by_role("link", name=link, exact=True).first.get_attribute("href")
        self.page.goto(address, wait_until="networkidle")

    def paste(self, html):
        """Put `html` in the place of the text, as Ctrl+A and Ctrl+V do."""
        self.page.locator(".tiptap").first.click()
        self.page.keyboard.press("Control+a")
        self.page.evaluate(PASTE, [html, "text"])

    def first_of_list(self):
        """Open the first thing of the list that is shown."""
        with self.page.expect_navigation(wait_until="networkidle"):
            self.page.locator("#result_list tbody th a").first.click()

    def show(self, name, first, last=None, *, width=WINDOW["width"], height=1200):
        """Take the picture `name`: from the element `first` to `last` (default: `first`), no more than `height` of it.

        `width` is that of the window; all are pixels.
        """
        self.page.set_viewport_size({**WINDOW, "width": width})
        self.page.evaluate("document.activeElement?.blur()")
        self.page.evaluate(LOAD_ALL)
        self.page.evaluate("scrollTo(0, 0)")
        boxes = [self.page.locator(each).first.bounding_box() for each in (first, last or first)]
        if None in boxes:
            raise SetupError(f"{name}: {first if boxes[0] is None else last} is not on {self.page.url}")
        left = max(0, min(box["x"] for box in boxes) - MARGIN)
        top = max(0, boxes[0]["y"] - MARGIN)
        right = min(width, max(box["x"] + box["width"] for box in boxes) + MARGIN)
        bottom = boxes[1]["y"] + boxes[1]["height"] + MARGIN
        clip = {"x": left, "y": top, "width": right - left, "height": min(height, bottom - top)}
        save(name, self.page.screenshot(full_page=True, clip=clip, animations="disabled"))
        self.page.set_viewport_size(WINDOW)


def next_monday():
    """Return next Monday at nine as a date field takes it."""
    today = datetime.now(EASTERN)
    return f"{today + timedelta(days=7 - today.weekday()):%Y-%m-%d}T09:00"


def write_and_ask(anna):
    """Anna writes a post, looks at it, shares it and asks for review; return the address of its form."""
    anna.open("/admin/news/article/add/")
    anna.page.fill("#id_headline", HEADLINE)
    anna.page.locator("#id_headline").blur()
    anna.page.fill("#id_summary", "Benches, herbs and shade behind the main building.")
    anna.paste(FROM_WORD)
    anna.show("write", "#content h1", ".field-body")
    anna.press("Save draft", "**/change/")
    form = anna.page.url
    anna.follow("Preview")
    anna.page.fill("#id_preview_at", next_monday())
    anna.press("Show", "**/preview/?at=*")
    anna.show("preview", "#content h1", ".preview-frames", width=1300, height=900)
    anna.press("Make a link", "**/preview/")
    anna.show("share", ".desk-main section h2", ".preview-links")
    anna.open(form)
    anna.press("Ask for review…", "**/review/")
    anna.page.fill("#id_text", "Please check what I say about the path.")
    anna.press("Ask for review", "**/review/")
    return form


def review_and_publish(anna, ben, form):
    """Ben sends it back, Anna answers, Ben approves; the checks hold it up; Ben mends it and publishes."""
    review = form.replace("/change/", "/review/")
    ben.open(review)
    ben.page.fill("#id_text", "The path is right. Who takes groups round?")
    ben.press("Send back", "**/review/")
    anna.open(review)
    anna.page.fill("#id_text", "The volunteers’ office. I have added the link.")
    anna.press("Ask for review", "**/review/")
    wait_until_counted(ben)
    ben.open("/admin/")
    ben.show("front-page", "#content h1", ".dashboard-panels")
    ben.open(review)
    ben.show("review", "#content h1", ".desk-buttons")
    ben.press("Approve", "**/publish/")
    ben.show("checks", "#content h1", "form .desk-buttons")
    ben.open(form)
    ben.paste(MENDED)
    ben.press("Publish…", "**/publish/")
    for tick in ben.page.locator("input[name=tick]").all():
        tick.check()
    ben.press("Publish", "**/publish/?done=1")
    ben.show("receipt", "#content h1", ".desk-buttons")


def change_what_is_live(anna, ben, form):
    """Ben changes the live post beside it; Anna does the same at the same time; both versions are shown."""
    ben.open(form)
    ben.page.fill("#id_summary", "Benches, herbs and shade for everybody, every day.")
    ben.page.fill("#id__note", "Says that it is open every day")
    anna.open(form)
    anna.page.fill("#id_headline", "Come and rest: the healing garden is open")
    anna.page.fill("#id_summary", "A quiet place behind the main building.")
    ben.press("Save draft", "**/change/")
    ben.show("live-and-draft", "#content h1", ".desk-panel")
    ben.follow("History")
    ben.show("history", "#content h1", ".desk-buttons")
    ben.press("Compare", "**/compare/**")
    ben.show("compare", "#content h1", ".desk-buttons")
    anna.press("Save draft", "**/merge/*/")
    anna.show("two-versions", "#content h1", ".desk-main form .desk-buttons")


def lose_a_tab(anna, form):
    """Anna types, closes the tab without saving, and opens the page again."""
    anna.open(form)
    anna.page.locator("#id_byline").click()
    anna.page.keyboard.type("Anna Lee")
    wait_until_kept(anna.page, "Anna Lee")
    anna.page.close()
    anna.page = anna.context.new_page()
    anna.open(form)
    anna.page.get_by_role("button", name="Continue with them").wait_for()
    anna.show("unsaved", "#content h1", "#desk-messages section")


def care_for_the_site(ben):
    """Ben takes a page down, sets a focal point, is refused a deletion, and looks at blocks and at a list."""
    ben.open("/admin/news/article/?q=tomatoes")
    ben.first_of_list()
    ben.follow("Take down")
    ben.page.get_by_label("Another page takes its place").check()
    ben.page.fill("#id_replacement", "/services/")
    ben.show("take-down", "#content h1", ".desk-buttons")
    ben.open("/admin/publishing/image/?q=Community+street")
    ben.first_of_list()
    ben.page.locator("[data-stage]").click(position={"x": 350, "y": 270})
    ben.show("focal-point", ".focal-point", ".field-file_ppoi .help")
    ben.follow("Delete")
    ben.show("deletion-refused", "#content h1", "#content .button")
    ben.open("/admin/news/article/?o=-2")
    ben.show("list", "#content h1", "#result_list tbody tr:nth-child(7)")
    ben.open("/admin/pages/page/?q=communit")
    ben.first_of_list()
    ben.page.locator(".inline-related:not(.empty-form) .order-machine-insert-target >> visible=true").nth(1).click()
    ben.show("blocks", ".tabs.regions", ".order-machine .inline-related[style*='order: 40']", height=640)


def add_files(ben, folder):
    """Ben adds two files at once; one of them is in the library already."""
    drawing = Image.open(DRAWINGS / "hospital-river.jpg")
    drawing.crop((0, 0, drawing.width // 2, drawing.height)).save(folder / "east-wing.jpg", quality=85)
    shutil.copy(DRAWINGS / "produce-market.jpg", folder / "farm-stand.jpg")
    ben.open("/admin/publishing/upload/")
    ben.page.set_input_files("#id_files", [folder / "farm-stand.jpg", folder / "east-wing.jpg"])
    ben.page.locator(".uploads__status", has_text="Done.").wait_for()
    ben.show("upload", "#content h1", ".new-files", height=830)


def visit_what_is_not_there(browser, address):
    """Ask as visitors do for addresses that no page has."""
    context = browser.new_context(base_url=address)
    for path in ["/garden/", "/garden/", "/garden/", "/news/healing-gardens/", "/parking/", "/parking/"]:
        context.request.get(path)
    context.close()


def wait_until_counted(ben):
    """Wait until the missed addresses stand in the table: the server adds them twice a minute."""
    for _look in range(45):
        ben.open("/admin/publishing/missingaddress/")
        if ben.page.locator("#result_list tbody tr").count():
            return
        ben.page.wait_for_timeout(1000)
    raise SetupError("the missed addresses were not counted within 45 seconds.")


def main():
    for package, reason in system_packages.install_missing(system_packages.BROWSER).items():
        raise SetupError(f"{package} is missing: {reason}")
    began = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="backus-guide-") as folder:
        print("Setting up a site of its own ...", flush=True)
        with guide_site(Path(folder)) as site, sync_playwright() as playwright:
            site.manage("ensure_roles", "--verbosity", "0")
            site.manage("shell", "-c", PEOPLE)
            site.manage("work", "--batch", "--no-startup-delay")  # makes the pictures' renditions
            browser = playwright.chromium.launch(
                executable_path=system_packages.find_browser(),
                args=["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in QUIET)],
            )
            be_patient(browser)
            print("Taking the pictures ...", flush=True)
            walk(browser, site.address, Path(folder))
            browser.close()
    taken = len(list(FOLDER.iterdir()))
    print(f"{taken} pictures in {FOLDER.relative_to(ROOT)}/ after {time.monotonic() - began:.0f} s", file=sys.stderr)


def guide_site(folder):
    """Return the LiveSite of the guide: it calls itself by a public name and asks itself where it is."""
    site = LiveSite(folder, SITE_URL="https://www.example.org")
    site.environment["RECEIPT_URL"] = site.address
    return site


def walk(browser, address, folder):
    """Walk the desk of the site at `address` from the first draft to the last picture."""
    visit_what_is_not_there(browser, address)
    anna, ben = Desk(browser, address, "anna.lee"), Desk(browser, address, "ben.ortiz")
    form = write_and_ask(anna)
    review_and_publish(anna, ben, form)
    change_what_is_live(anna, ben, form)
    lose_a_tab(anna, form)
    care_for_the_site(ben)
    add_files(ben, folder)


if __name__ == "__main__":
    exit_with(main)

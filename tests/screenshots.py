"""Take pictures of the whole site: `python -m tests.screenshots`, called by `make screenshots`.

screenshots/<width>-<light|dark>/ holds every public page, screenshots/<width>-admin/ the screens of the staff.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from deploy.bootstrap import ROOT
from deploy.setup_error import SetupError, exit_with
from tests import system_packages
from tests.browser.addresses import public_addresses
from tests.live_site import LiveSite
from tests.patience import be_patient

FOLDER = ROOT / "screenshots"
WIDTHS = {360: 740, 768: 1024, 1440: 900}  # pixels: width and height of the window
QUIET = ["background-networking", "component-update", "sync", "gpu"]  # Chromium otherwise calls home
# A picture of a whole page shows what is far below, so nothing may wait to be scrolled to.
LOAD_ALL = """async () => {
    const images = [...document.images];
    images.forEach(image => image.loading = "eager");
    await Promise.all(images.map(image => image.decode().catch(() => null)));
    await document.fonts.ready;
}"""


def file_name(path):
    """Return a name for the picture of `path`: "/" is home, "/news/feed/" is news.feed."""
    kept = "".join(letter if letter.isalnum() or letter in "-." else "." for letter in path.strip("/"))
    return f"{kept or 'home'}.png"


def shoot(page, path, kind):
    """Save one picture of `path` for each width, in folders named for `kind`."""
    page.goto(path)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(LOAD_ALL)
        page.screenshot(path=FOLDER / f"{width}-{kind}" / file_name(path), full_page=True, animations="disabled")


def shoot_public_pages(browser, site):
    for scheme in ("light", "dark"):
        page = browser.new_page(base_url=site.address, color_scheme=scheme, reduced_motion="reduce")
        for path in public_addresses(site):
            shoot(page, path, scheme)
        page.context.close()


def shoot_admin(browser, site):
    """Take the entrance, every list, and the first form behind each of them."""
    page = browser.new_page(base_url=site.address, reduced_motion="reduce")
    shoot(page, "/admin/login/", "admin")
    page.fill("#id_username", "admin")
    page.fill("#id_password", site.admin_password)
    page.click("input[type=submit]")
    page.wait_for_url("**/admin/")
    lists = [link.get_attribute("href") for link in page.locator("#content-main th a").all()]
    shoot(page, "/admin/", "admin")
    for path in dict.fromkeys(path for path in lists if path):
        shoot(page, path, "admin")
        first = page.locator("#result_list tbody th a").first
        if first.count():
            shoot(page, first.get_attribute("href").partition("?")[0], "admin")
    page.context.close()


def main():
    for package, reason in system_packages.install_missing(system_packages.BROWSER).items():
        raise SetupError(f"{package} is missing: {reason}")
    began = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="backus-screenshots-") as folder:
        print("Setting up a site of its own ...", flush=True)
        with LiveSite(Path(folder)) as site, sync_playwright() as playwright:
            site.manage("work", "--batch", "--no-startup-delay")  # makes the pictures' renditions
            browser = playwright.chromium.launch(
                executable_path=system_packages.find_browser(),
                args=["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in QUIET)],
            )
            be_patient(browser)
            print("Taking the pictures ...", flush=True)
            shoot_public_pages(browser, site)
            shoot_admin(browser, site)
            browser.close()
    taken = sum(1 for _ in FOLDER.rglob("*.png"))
    print(f"{taken} pictures in {FOLDER.name}/ after {time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    exit_with(main)

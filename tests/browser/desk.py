"""What an editor does at the desk, in a few words: write, save, publish, look as a visitor."""

import re
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

KEPT_TEXTS = "Object.keys(localStorage).filter(name => name.startsWith('desk:')).map(name => localStorage[name])"
BLOCKS = ".order-machine > .inline-related:not(.empty-form)"


def message(page):
    """Return what the admin said last."""
    return page.locator(".messagelist li").last.inner_text().strip()


def type_text(page, text):
    """Put the cursor to the end of the first rich text box and type."""
    page.locator(".tiptap").first.focus()  # a click would miss it where a panel above has just come in
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def save(page):
    """Press "Save draft" and wait for what comes.

    The block editor puts a mark into the address as it sends the form, which counts as a navigation too.
    """
    page.evaluate("window.notYetSaved = true")
    page.locator("[name=_save]").click()
    page.wait_for_function("() => !window.notYetSaved && document.readyState === 'complete'")


def write_post(page, headline, text="The clinic moves to the second floor."):
    """Write a news post and save it as a draft. Return the address of its form."""
    page.goto("/admin/news/article/add/")
    page.fill("#id_headline", headline)
    type_text(page, text)
    save(page)
    return form_address(page)


def form_address(page):
    """Return the path of the form that `page` shows, without what stands behind it."""
    return re.sub(r"^https?://[^/]+|[#?].*$", "", page.url)


def screen(form, name):
    """Return the path of a screen of the thing with this `form`: screen(form, "publish")."""
    return form.replace("/change/", f"/{name}/")


def put_html(page, html):
    """Give the first text box's field `html` to send, past the box itself, as somebody who means harm does."""
    page.locator(".tiptap").first.wait_for()  # it would still take up what it finds in the field
    page.locator("#id_body").evaluate("(field, html) => { field.value = html }", html)


def wait_until_kept(page, *words):
    """Wait until this browser keeps one unsaved text with all the `words` in it; it looks after what is typed."""
    kept = f"words => {KEPT_TEXTS}.some(text => words.every(word => text.includes(word)))"
    page.wait_for_function(kept, arg=words)


def wait_for_blocks(page):
    """Wait until blocks can be added to the page whose form is shown."""
    page.wait_for_selector(".order-machine-insert-target.last[tabindex]")


def add_block(page, kind):
    """Add a block at the end of the page with the mouse and wait until it can be moved as the others can."""
    movable = page.locator(BLOCKS, has=page.locator(".block-move"))
    before = movable.count()
    page.locator(".order-machine-insert-target.last").click()
    page.locator(".plugin-buttons .plugin-button", has_text=kind).first.click()
    movable.nth(before).wait_for()


def publish(page, form, *, at=None):
    """Publish what the form shows, now or at the local time `at` (2026-11-30T09:00), ticking every warning."""
    page.goto(screen(form, "publish"))
    for tick in page.locator("input[name=tick]").all():
        tick.check()
    if at is not None:
        page.check("input[name=when][value=later]")
        page.fill("#id_at", at)
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).click()


def local_day(days):
    """Return the day `days` from today in the hospital's calendar, as 2026-11-30."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def next_monday():
    """Return the next Monday that is not today, as 2026-11-30."""
    return local_day(7 - timezone.localdate().weekday())


@contextmanager
def visitor(browser, site):
    """A page of somebody without an account."""
    context = browser.new_context(base_url=site.address)
    yield context.new_page()
    context.close()


def seen_by_visitor(browser, site, path):
    """Return (status, text of the page's main part) as a visitor finds `path`."""
    with visitor(browser, site) as page:
        status = page.goto(path).status
        return status, page.locator("main").inner_text()

"""A newsletter from its first word to the mailbox: composed, looked at, and sent for a test."""

import email
import socket
from email.policy import default as email_policy

import pytest
from aiosmtpd.controller import Controller

from tests.browser.accessibility import load_axe, violations
from tests.browser.desk import add_block, form_address, message, save, screen, type_text, wait_for_blocks

FIND_OWN_ADDRESS = "from django.contrib.auth.models import User; User.objects.update(email='{address}')"


class Mailbox:
    """Keeps the messages that the mail server takes."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        self.messages.append(email.message_from_bytes(envelope.content, policy=email_policy))
        return "250 taken"


@pytest.fixture
def mailbox(site, monkeypatch):
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        host, port = free.getsockname()
    server = Controller(mailbox, host, port, ready_timeout=60)
    server.start()
    monkeypatch.setitem(site.environment, "EMAIL_URL", f"smtp://{host}:{port}")
    yield mailbox
    server.stop()


def compose(page):
    """Write a newsletter of a text, the newest posts and the coming events; return the address of its form."""
    page.goto("/admin/newsletter/issue/add/")
    wait_for_blocks(page)
    page.fill("#id_subject", "Winter at the hospital")
    page.get_by_label("Health news").check()
    add_block(page, "Text")
    type_text(page, "Wash your hands.")
    add_block(page, "Newest posts")
    page.locator("#id_postsblock-0-heading").fill("News")
    add_block(page, "Coming events")
    page.locator("#id_eventsblock-0-heading").fill("Events")
    save(page)
    return form_address(page)


def test_a_newsletter_is_composed_looked_at_and_arrives_as_a_test(signed_in, site, mailbox, complaints):
    page = signed_in
    site.manage("shell", "-c", FIND_OWN_ADDRESS.format(address="eve@example.org"))
    form = compose(page)

    page.goto(screen(form, "mail"))
    mail = page.frame_locator("iframe[title='The mail on a desktop']")
    assert mail.locator("h1").inner_text() == "Winter at the hospital"
    assert mail.locator("h2").all_inner_texts() == ["News", "Events"]
    assert "Wash your hands." in page.locator(".mail-letter").inner_text()
    load_axe(page)
    assert violations(page) == []

    frame = page.locator("iframe").first.get_attribute("src")
    for colours in ("light", "dark"):
        # In its frame no script runs, so that axe could not look at it there.
        html = page.request.get(frame.replace("colours=light", f"colours={colours}")).text()
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.set_content(html)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            load_axe(page)
            assert violations(page) == []

    page.goto(screen(form, "mail"))
    with page.expect_navigation():
        page.get_by_role("button", name="Send a test mail").click()
    assert message(page).startswith("One test mail is on its way.")
    site.manage("db_worker", "--batch", "--interval", "0", "--no-startup-delay", "--verbosity", "0")

    [arrived] = [each for each in mailbox.messages if each["Subject"].startswith("[Test]")]
    assert (arrived["Subject"], arrived["To"]) == ("[Test] Winter at the hospital", "eve@example.org")
    assert "Wash your hands." in arrived.get_body(["plain"]).get_content()
    assert "<h1" in arrived.get_body(["html"]).get_content()
    page.reload()
    assert "sent" in page.locator("[aria-labelledby=test-mail] .uses").inner_text()
    by_axe = "Failed to execute 'postMessage'"  # it speaks to the frames, which do not listen
    assert ([each for each in complaints.heard if by_axe not in each], complaints.foreign) == ([], [])

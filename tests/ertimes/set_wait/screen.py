"""The screen “Set the wait” as a browser has it: what it shows, and its buttons."""

import re
from datetime import UTC, datetime

from ertimes.waits import current_waits
from publishing.models import AuditEntry

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 12:00 PM in Norwich
CHOICE = "/admin/ertimes/emergencydepartment/set-wait/"
RIGHTS = [
    *("view_emergencydepartment", "change_emergencydepartment", "view_waittimereading", "add_waittimereading"),
    "change_waittimereading",
]


def address(department):
    return f"{CHOICE}{department.pk}/"


def hidden(response):
    """Return the hidden fields of the page, by name; the same name has the same value in all forms."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode()))


def press(client, department, deed, *, page=None, **fields):
    """Press a button of the screen as it was opened, or as `page` shows it. Return the response."""
    page = page or client.get(address(department))
    known = {name: value for name, value in hidden(page).items() if name in ("seen", "seen_status", "sure")}
    return client.post(address(department), {"valid_for": "30", **known, "deed": deed, **fields})


def text(response):
    main = response.content.decode().partition('id="content-main"')[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def said(client, department):
    """Return what the screen says after a deed, in its first line."""
    page = client.get(address(department)).content.decode()
    return re.findall(r'<li class="(?:success|warning|error)">\s*(.*?)\s*</li>', page)


def shown():
    [wait] = current_waits()
    return (wait.minutes, wait.expires_at)


def log():
    return list(AuditEntry.objects.filter(thing_model="ertimes.emergencydepartment").values_list("action", "details"))

"""What a visitor finds at a page's address right now: the site asks itself, over the network, as a visitor would."""

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import State

PATIENCE = 5  # seconds
MOST = 2 * 1024 * 1024  # bytes read of a page


@dataclass(frozen=True)
class Receipt:
    """`live` is whether a visitor found it at `path` at the instant `at`; `reason` says why not, "" where he did."""

    live: bool
    path: str
    reason: str
    at: datetime


def receipt_for(thing):
    """Return the Receipt of `thing`; None where it has no page of its own to look at.

    The page must answer 200 and hold the thing's title. Asked at RECEIPT_URL, which is SITE_URL unless
    the server reaches itself by another address.
    """
    path = thing.shown_at
    if not path:
        return None
    at = timezone.now()
    state = thing.state_at(at)
    if state is State.SCHEDULED:
        return Receipt(False, path, _("its time has not come yet"), at)
    if state not in (State.LIVE, State.CHANGED):
        return Receipt(False, path, _("it is not published"), at)
    if thing.demonstration and not settings.DEMONSTRATION:
        return Receipt(False, path, _("it is demonstration content, which is turned off"), at)
    return Receipt(*_ask(path, str(thing)), at)


def _ask(path, title):
    # "no-cache" asks caches on the way to look again: the receipt is about the site, not about a copy.
    request = urllib.request.Request(  # noqa: S310  our own address
        f"{settings.RECEIPT_URL}{path}", headers={"User-Agent": "Receipt of the site", "Cache-Control": "no-cache"}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310  our own address
            page = response.read(MOST).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return False, path, _("the page answers %(status)d") % {"status": error.code}
    except (OSError, ValueError, http.client.HTTPException):
        return False, path, _("the site could not be reached at %(address)s") % {"address": settings.RECEIPT_URL}
    if escape(title) not in page and title not in page:
        return False, path, _("the page is there, but “%(title)s” does not stand on it yet") % {"title": title}
    return True, path, ""

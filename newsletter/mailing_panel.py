"""What the staff's front page tells of mailings that are stuck, and of newsletters that were not mailed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.admin_addresses import address_in_admin
from publishing.dashboard import MOST_ROWS, Panel, Row, register_panel
from publishing.local_time import day_and_time

from . import pace
from .mailings import FOUND_WITHIN, never_mailed
from .models import Mailing
from .sending import mailings_being_sent

State = Mailing.State


def register_panels():
    """Put it among the panels of what is wrong."""
    register_panel(stuck, place=7)


def stuck(viewer):
    """Mailings that are paused or meet a mail server that fails, and newsletters that were published and not mailed."""
    if not viewer.may("view", Mailing):
        return None
    paused = Mailing.objects.filter(state=State.PAUSED).order_by("-made_at")[:MOST_ROWS]
    rows = [_row(mailing, mailing.problem or _("Paused. It waits for somebody to go on.")) for mailing in paused]
    server = pace.failing()
    if server is not None:
        told = _("The mail server has not worked since %(at)s: %(problem)s")
        words = told % {"at": day_and_time(server.failing_since), "problem": server.problem}
        rows += [_row(mailing, words) for mailing in mailings_being_sent()[:MOST_ROWS]]
    rows += [_not_mailed(issue, viewer.now) for issue in never_mailed(viewer.now)[:MOST_ROWS]]
    if not rows:
        return None
    return Panel(
        _("Mailings that are stuck"),
        rows[:MOST_ROWS],
        more=max(0, len(rows) - MOST_ROWS),
        more_address=reverse("admin:newsletter_mailing_changelist"),
    )


def _row(mailing, words):
    return Row(str(mailing), reverse("admin:newsletter_mailing_change", args=[mailing.pk]), words, urgent=True)


def _not_mailed(issue, now):
    if issue.published_at <= now - FOUND_WITHIN:
        words = _("Published %(at)s and never mailed. It is not sent so long after: take it down and publish it anew.")
    else:
        words = _("Published %(at)s and not mailed: nothing stands in it.")
    return Row(str(issue), address_in_admin(issue), words % {"at": day_and_time(issue.published_at)}, urgent=True)

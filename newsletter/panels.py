"""What the staff's front page tells of returned mail."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.dashboard import MOST_ROWS, Panel, Row
from publishing.local_time import day_and_time

from .models import SoftBounce, UnreadMessage

LATELY = timedelta(days=7)


def returned_mail(viewer):
    """Which messages in the mailbox nobody but a person can read, and what was refused for our own fault; else None."""
    if not viewer.may("view", UnreadMessage):
        return None
    address = reverse("admin:newsletter_unreadmessage_changelist")
    found = list(UnreadMessage.objects.all()[: MOST_ROWS + 1])
    rows = [
        Row(message.subject or _("Without a subject"), address, f"{message.problem} · {day_and_time(message.seen_at)}")
        for message in found[:MOST_ROWS]
    ]
    refused = SoftBounce.objects.filter(ours=True, at__gt=viewer.now - LATELY)
    if last := refused.first():
        count = refused.count()
        title = ngettext(
            "%(count)d mail was refused for how it was sent",
            "%(count)d mails were refused for how they were sent",
            count,
        )
        rows.insert(0, Row(title % {"count": count}, address, last.details, urgent=True))
    if not rows:
        return None
    return Panel(_("Returned mail that needs a person"), rows, more_address=address)

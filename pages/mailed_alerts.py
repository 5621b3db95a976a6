"""Site alerts that are mailed to those who asked for them."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.announcing import announce
from newsletter.full_addresses import absolute_address
from newsletter.models import MailingList
from publishing.head import absolute
from publishing.local_time import day_and_time

from .models import SiteAlert

FOUND_WITHIN = timedelta(days=1)  # what went live longer ago is old news


def mail_live_alerts(at=None):
    """Mail each emergency and warning that is live at `at` (default: now) and is to be mailed, once. A job."""
    at = at or timezone.now()
    asked = SiteAlert.objects.published(at).filter(by_mail=True, demonstration=False)
    for alert in asked.filter(severity__in=SiteAlert.MAILED, published_at__gt=at - FOUND_WITHIN):
        announce(
            MailingList.Sends.SITE_ALERTS,
            subject=f"{alert.get_severity_display()}: {alert.heading}",
            text=text_of(alert, at),
            address=absolute("/"),
            occasion=f"alert/{alert.pk}/{alert.published_at.isoformat()}",
            at=at,
        )


def text_of(alert, at):
    """Return what is mailed of `alert`: its lines, its link, and of what time it is."""
    parts = [alert.heading, "\n".join(alert.lines)]
    if alert.link_address:
        parts.append(f"{alert.link_label}:\n{absolute_address(alert.link_address, '/')}")
    parts.append(_("As of %(at)s.") % {"at": day_and_time(at)})
    return "\n\n".join(part for part in parts if part)

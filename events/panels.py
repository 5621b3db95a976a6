"""What the staff's front page tells of mails to people registered."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.dashboard import MOST_ROWS, Panel, Row
from publishing.local_time import day_and_time

from .models import Registration
from .sending import unsent_mails


def unsent(viewer):
    """Which mails could not be sent and why; None where all went out."""
    if not viewer.may("change", Registration):
        return None
    mails = unsent_mails(viewer.now).select_related("registration__date__event").order_by("made_at")
    found = list(mails[: MOST_ROWS + 1])
    address = reverse("admin:events_registrations_unsent")
    rows = [
        Row(
            f"{mail.get_kind_display()}: {mail.registration.date.event.title}",
            reverse("admin:events_registration_change", args=[mail.registration_id]),
            _reason(mail),
            urgent=True,
        )
        for mail in found[:MOST_ROWS]
    ]
    if not rows:
        return None
    again = Row(_("Mails that could not be sent"), address, button=_("Look, and try again"))
    return Panel(_("Mails to people registered were not sent"), [*rows, again], more_address=address)


def _reason(mail):
    tries = ngettext("%(number)d try", "%(number)d tries", mail.tries) % {"number": mail.tries}
    return f"{mail.problem or _('it waits')} · {tries} · {day_and_time(mail.made_at)}"

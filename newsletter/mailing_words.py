"""What staff are told of the mailing of a newsletter, before it is published, while it is sent, and afterwards."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.consequences import Moment
from publishing.dashboard import Panel, Row
from publishing.local_time import day_and_time

from .mailings import FOUND_WITHIN
from .models import Mailing
from .recipients import recipients_of


def mailing_of(issue):
    """Return the Mailing of `issue`, None where it has not been mailed."""
    return Mailing.objects.filter(issue=issue).first()


def addresses_told(count):
    """Return a number of addresses in words."""
    return ngettext("%(count)s address", "%(count)s addresses", count) % {"count": f"{count:,}"}


def what_is_mailed(issue, user, moment):
    """Return the Panel that tells to whom `issue` goes by mail and when, or to how many it went."""
    mailing = mailing_of(issue)
    if mailing is not None:
        return _mailed(mailing)
    if moment == Moment.FORM:
        return None
    if issue.demonstration:
        return Panel(_("What is mailed"), empty=_("Nothing: it was made up to show the site."))
    if issue.published_at and issue.published_at <= timezone.now() - FOUND_WITHIN:
        return Panel(
            _("What is mailed"), empty=_("Nothing: it went live more than a day ago. Only its page on the web changes.")
        )
    lists = list(issue.lists.all())
    rows = [Row(f"{each.name}:", "", detail=addresses_told(recipients_of([each]).count())) for each in lists]
    total = addresses_told(recipients_of(lists).count() if lists else 0)
    if moment == Moment.RECEIPT:
        rows.append(
            Row(
                _("In all %(addresses)s. Sending begins within a minute of the publication.") % {"addresses": total}, ""
            )
        )
        return Panel(_("What is mailed"), rows)
    rows += [
        Row(_("In all %(addresses)s, each once; those that are blocked are left out.") % {"addresses": total}, ""),
        Row(
            _("Sending begins within a minute of the publication."),
            "",
            detail=_("What has been sent cannot be taken back, and it is sent only once."),
            urgent=True,
        ),
    ]
    return Panel(_("What is mailed"), rows)


def _mailed(mailing):
    words = _("%(state)s: begun %(at)s, to %(addresses)s") % {
        "state": mailing.get_state_display(),
        "at": day_and_time(mailing.made_at),
        "addresses": addresses_told(mailing.addresses),
    }
    again = _("It is not mailed a second time. Publishing a change changes its page on the web only.")
    return Panel(_("Its mailing"), [Row(words, ""), Row(again, "")])


def what_stays(issue):
    """Return what is told before `issue` is taken down: mails that were sent stay sent; "" where none was."""
    mailing = mailing_of(issue)
    if mailing is None:
        return ""
    words = _("It has been mailed to %(addresses)s. Mails that were sent stay sent: only its page on the web goes.") % {
        "addresses": addresses_told(mailing.addresses)
    }
    if mailing.state in (Mailing.State.SENDING, Mailing.State.PAUSED):
        words += " " + _("Its mailing is not done yet. Stop it under “Mailings”.")
    return words

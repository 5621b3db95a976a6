"""The panels of the front page that are about the search."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.admin_addresses import screen_address
from publishing.dashboard import Panel, Row
from publishing.local_time import day_and_time

from .missed import most_missed
from .models import Entry, IndexCheck, LayWord, MissedSearch

MOST_ROWS = 5


def missed(viewer):
    """What people looked for and did not find, in the last four weeks."""
    if not viewer.may("view", MissedSearch):
        return None
    rows = [
        Row(
            each["words"],
            f"{screen_address(LayWord, 'try')}?{urlencode({'q': each['words']})}",
            ngettext("%(count)d time", "%(count)d times", each["times"]) % {"count": each["times"]},
        )
        for each in most_missed(MOST_ROWS, viewer.now)
    ]
    more = screen_address(MissedSearch, "changelist")
    return Panel(
        _("People looked for and did not find"),
        rows,
        _("Nothing has been missed by several people."),
        more_address=more,
    )


def index_differed(viewer):
    """That the last check found the index wrong; it has mended it, but somebody should know."""
    if not viewer.may("view", Entry):
        return None
    check = IndexCheck.objects.filter(pk=1).first()
    if check is None or not check.differences:
        return None
    title = ngettext(
        "%(count)d thing was not in the search as it is on the site",
        "%(count)d things were not in the search as they are on the site",
        check.differences,
    ) % {"count": check.differences}
    detail = _("found and mended %(at)s") % {"at": day_and_time(check.checked_at)}
    return Panel(_("The search’s index differed"), [Row(title, screen_address(LayWord, "try"), detail, urgent=True)])

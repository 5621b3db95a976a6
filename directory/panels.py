"""What the staff's front page tells of the directory's conflicts."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.dashboard import MOST_ROWS, Panel, Row

from .conflicts import Kind, cases_of, find_conflicts
from .conflicts.showing import counts_of
from .models import ConflictDecision

URGENT = {Kind.WRONG, Kind.SAME_NAME, Kind.ONE_NUMBER}


def open_conflicts(viewer):
    """How many conflicts of each kind wait for a decision; for those who may take one."""
    if not viewer.may("change", ConflictDecision):
        return None
    address = reverse("admin:directory_contact_conflicts")
    rows = [
        Row(
            str(kind.label),
            f"{address}?kind={kind.value}&state=open",
            ngettext("%(number)d open", "%(number)d open", number) % {"number": number},
            urgent=kind in URGENT,
        )
        for kind, number in counts_of(cases_of(find_conflicts(viewer.now)))
        if number
    ]
    title = _("Conflicts in the directory")
    left = max(0, len(rows) - MOST_ROWS)
    return Panel(title, rows[:MOST_ROWS], _("Nothing contradicts itself."), more=left, more_address=address)

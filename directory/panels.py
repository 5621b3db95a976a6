"""What the staff's front page tells of the directory's conflicts."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.dashboard import MOST_ROWS, Panel, Row
from publishing.once import once_within

from .conflicts import Kind, cases_of
from .conflicts.finding import conflicts_among
from .conflicts.showing import counts_of
from .models import ConflictDecision
from .plain_contacts import read_plain_contacts

URGENT = {Kind.WRONG, Kind.SAME_NAME, Kind.ONE_NUMBER}

MANY = 1_000  # contacts: looking through so many takes a tenth of a second
REMEMBERED_FOR = timedelta(minutes=1)  # where there are many


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
        for kind, number in _counts(viewer.now)
        if number
    ]
    title = _("Conflicts in the directory")
    left = max(0, len(rows) - MOST_ROWS)
    return Panel(title, rows[:MOST_ROWS], _("Nothing contradicts itself."), more=left, more_address=address)


def _counts(at):
    """Return counts_of all conflicts at `at`; of a large directory it may be those of a minute ago."""

    def make(at):
        contacts = read_plain_contacts(at)
        counts = counts_of(cases_of(conflicts_among(contacts, at)))
        return counts, () if len(contacts) > MANY else (at,)

    return once_within(REMEMBERED_FOR, "directory:open-conflicts", make, at)

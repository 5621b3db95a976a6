"""What the staff's front page tells of those who are on the way."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.dashboard import Panel, Row

from .arrival_board import departments_with_boards
from .models import ArrivalNotice


def on_the_way(viewer):
    """How many are on the way to each department; None where nobody is."""
    if not viewer.may("view", ArrivalNotice):
        return None
    rows = [
        Row(
            department.name,
            reverse("admin:ertimes_arrivalnotice_changelist") + f"?department={department.pk}",
            _told_of(department),
            urgent=department.unseen > 0,
        )
        for department in departments_with_boards(viewer.now)
        if department.awaited
    ]
    return Panel(_("On the way to the ER"), rows) if rows else None


def _told_of(department):
    people = ngettext("%(number)d person", "%(number)d people", department.awaited) % {"number": department.awaited}
    return f"{people}, {_('%(number)d new') % {'number': department.unseen}}" if department.unseen else people

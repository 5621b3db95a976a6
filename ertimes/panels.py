"""What the editors' front page tells of emergency departments."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from publishing.dashboard import Panel, Row

from .models import EmergencyDepartment
from .waits import Freshness, current_waits, last_told_at


def stale_readings(viewer):
    """Departments of which visitors see no wait, or one that is getting old."""
    if not viewer.may("view", EmergencyDepartment):
        return None
    rows = []
    for wait in current_waits(viewer.now):
        if wait.freshness is Freshness.FRESH:
            continue
        observed_at = last_told_at(wait.department)
        told = date_format(localtime(observed_at), "D, M j, g:i A T") if observed_at else _("no reading yet")
        rows.append(
            Row(
                wait.department.name,
                reverse("admin:ertimes_waittimereading_add") + f"?department={wait.department.pk}",
                told,
                urgent=wait.freshness is Freshness.UNAVAILABLE,
            )
        )
    return Panel(_("ER waits that are old"), rows, _("All waits are fresh."))

"""What the editors' front page tells of emergency departments."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from publishing.dashboard import Panel, Row
from publishing.local_time import day_and_time

from .concerns import open_concerns
from .models import EmergencyDepartment
from .rights import Rights
from .waits import Freshness, current_waits, last_told_at


def set_the_wait(viewer):
    """A button for each department, for those who may say anything about its wait."""
    if not Rights.of(viewer.user).any:
        return None
    rows = [
        Row(wait.department.name, _screen(wait.department), _seen(wait), button=_("Set the wait"))
        for wait in viewer.once(current_waits)
    ]
    return Panel(_("ER waits now"), rows) if rows else None


def stale_readings(viewer):
    """Departments whose feed needs a person, and those of which visitors see no wait or one that is getting old."""
    if not viewer.may("view", EmergencyDepartment):
        return None
    troubles = {}
    for concern in open_concerns():
        told = f"{concern.get_kind_display()}, {day_and_time(concern.began_at)}."
        troubles.setdefault(concern.department_id, []).append(f"{told} {concern.details}".strip())
    rights, rows = Rights.of(viewer.user), []
    for wait in viewer.once(current_waits):
        department = wait.department
        trouble = troubles.get(department.pk)
        if trouble is None and wait.freshness is Freshness.FRESH:
            continue
        observed_at = last_told_at(department)
        told = day_and_time(observed_at) if observed_at else _("no reading in the last 24 hours")
        address = _screen(department) if rights.any else reverse("admin:ertimes_emergencydepartment_changelist")
        urgent = trouble is not None or wait.freshness is Freshness.UNAVAILABLE
        rows.append(Row(department.name, address, " ".join(trouble or [told]), urgent=urgent))
    return Panel(_("ER waits that need you"), rows, _("All waits are fresh."))


def _screen(department):
    return reverse("admin:ertimes_emergencydepartment_set_wait", args=[department.pk])


def _seen(wait):
    """Return what visitors see, in a few words."""
    if not wait.available:
        return _("Visitors see no number.")
    until = date_format(localtime(wait.expires_at), "TIME_FORMAT")
    return _("Visitors see %(minutes)d min, until %(until)s at the latest.") % {"minutes": wait.minutes, "until": until}

"""What the pages of the wait times have in common."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import json_ld
from publishing.reader import reader_of

from ..models import EmergencyDepartment
from ..waits import wait_of


def wait_or_404(request, slug):
    """Return the Wait of the department that `request` asks for; editors may open a draft. Raises Http404."""
    departments = EmergencyDepartment.objects.visible_to(reader_of(request)).with_newest_readings()
    return wait_of(get_object_or_404(departments.select_related("location").with_published_contact(), slug=slug))


def trail(*steps):
    """Return the breadcrumbs of a page below the board; `steps` are (name, path)."""
    return json_ld.trail((_("ER wait times"), reverse("ertimes:board")), *steps)

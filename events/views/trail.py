"""The way to a page of the events."""

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import json_ld


def trail(*steps):
    """Return the breadcrumbs of a page of the events, below “Events”, as structured data."""
    return json_ld.trail((_("Events"), reverse("events:event_list")), *steps)

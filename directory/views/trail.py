"""Where a page of the directory stands below the home page, for search engines."""

from django.utils.translation import gettext as _

from publishing import json_ld


def trail(*steps):
    """Return the breadcrumbs of a page: `steps` are (name, path), from the one below the home page on."""
    return json_ld.breadcrumbs((_("Home"), "/"), *steps)

"""The error page prints the main number without asking the database; the two must agree."""

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections

from .lifelines import lifelines


def check_main_phone(app_configs=None, databases=None, **kwargs):
    """Warn where the setting MAIN_PHONE differs from the directory's main number (check --database default)."""
    if not databases:
        return []
    try:
        if "directory_contact" not in connections["default"].introspection.table_names():
            return []
        main = lifelines().main
    except DatabaseError:
        return []  # the check of the database itself tells that
    if main is None or main.number.as_e164 == settings.MAIN_PHONE:
        return []
    return [
        checks.Warning(
            f"The directory's main number is {main.number.as_e164}, the setting MAIN_PHONE {settings.MAIN_PHONE}.",
            hint="The page for a server error prints MAIN_PHONE: set it to the directory's number.",
            id="directory.W001",
        )
    ]


def register_checks():
    checks.register(check_main_phone, checks.Tags.database)

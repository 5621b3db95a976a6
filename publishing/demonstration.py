"""What was made up to show the site, and is hidden all at once where the setting DEMONSTRATION is off."""

from django.conf import settings


def without_made_up(rows):
    """Return the queryset `rows`, of a model with `demonstration`; made-up ones only where the setting is on."""
    return rows if settings.DEMONSTRATION else rows.filter(demonstration=False)

"""What must be set before newsletters are sent."""

from django.conf import settings
from django.core import checks


def check_postal_address(app_configs=None, **kwargs):
    """Warn where the setting HOSPITAL_ADDRESS is empty: each mailing must say where its sender is (CAN-SPAM, 7704)."""
    if settings.HOSPITAL_ADDRESS.strip():
        return []
    return [
        checks.Warning(
            "HOSPITAL_ADDRESS is empty, so newsletters would not say where the hospital is.",
            hint="Set it to the postal address in one line: 1 Example Street, Town, CT 00000.",
            id="newsletter.W001",
        )
    ]

"""How a measured wait comes in."""

from .models import WaitTimeReading


def record_reading(*, department, observed_at, door_to_provider, source, sample_size=None, demonstration=False):
    """Store what `department` measured at `observed_at` and return the WaitTimeReading.

    The same instant sent twice stays one reading, the first. Raises ValidationError for a wait
    outside 0 to 24 hours or an instant that is still to come.
    """
    known = WaitTimeReading.objects.filter(department=department, observed_at=observed_at).first()
    if known is not None:
        return known
    reading = WaitTimeReading(
        department=department,
        observed_at=observed_at,
        door_to_provider=door_to_provider,
        source=source,
        sample_size=sample_size,
        demonstration=demonstration,
    )
    reading.full_clean()
    reading.save()
    return reading

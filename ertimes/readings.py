"""How a measured wait comes in, whoever sends it: the feed's endpoint, the ADT listener, staff, the demonstration."""

from django.db import IntegrityError, transaction

from . import settling
from .locking import lock
from .models import Source, WaitTimeReading


@transaction.atomic
def record_reading(
    *,
    department,
    observed_at,
    door_to_provider,
    source,
    sample_size=None,
    valid_for=None,
    entered_by=None,
    note="",
    demonstration=False,
):
    """Store what `department` measured at `observed_at` and return the WaitTimeReading.

    The same instant sent twice by one source stays one reading, the first. What a feed sends is held where it
    is implausible, by the rules in `plausibility.py`. Raises ValidationError for a wait outside 0 to 24
    hours, an instant that is still to come, or a feed's reading without a wait.
    """
    reading = WaitTimeReading(
        department=department,
        observed_at=observed_at,
        door_to_provider=door_to_provider,
        source=source,
        sample_size=sample_size,
        valid_for=valid_for,
        entered_by=entered_by,
        note=note,
        demonstration=demonstration,
    )
    reading.clean_fields(exclude=["department"])
    reading.clean()
    if source == Source.FEED:
        lock(department)
    try:
        with transaction.atomic():
            reading.save(force_insert=True)
    except IntegrityError:
        known = WaitTimeReading.objects.filter(department=department, source=source, observed_at=observed_at)
        if (stored := known.first()) is not None:
            return stored
        reading.validate_constraints()  # says in words what the database has refused
        raise
    if source == Source.FEED:
        settling.settle(reading)
    return reading

"""Where a system sends waits that it measured itself."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..models import ReadingState, Source
from ..readings import record_reading
from .forms import MOST_READINGS, ReadingForm, ReadingsForm
from .receiving import frame_of, message_of, receiving, rows_of, take_once, told

# As the sender calls what the table calls otherwise.
NAMES = {"door_to_provider": "wait_minutes", "valid_for": "valid_for_minutes"}


@receiving
def readings(request, slug):
    """Take the readings of a message: the good ones are stored, the others told by their index."""
    key, content = message_of(request, slug)
    event_id = frame_of(content, ReadingsForm)["event_id"]
    rows = rows_of(content, "readings", ReadingForm, least=1, most=MOST_READINGS)
    stored = []
    with transaction.atomic():
        take_once(key.department, event_id)
        # The oldest first, since each is judged by those before it.
        for index, row in sorted(rows.good, key=lambda each: each[1]["observed_at"]):
            try:
                stored.append(_store(key, row))
            except ValidationError as error:
                rows.refuse(index, told(error, NAMES))
        if not stored:
            raise rows.refuse_all()
    held = sum(reading.state == ReadingState.HELD for reading in stored)
    return {"event_id": event_id, "stored": len(stored), "held": held, **rows.told()}


def _store(key, row):
    """Store one reading and return it. Raises ValidationError, also where its instant is known with another wait."""
    wait = timedelta(minutes=row["wait_minutes"])
    valid_for = row["valid_for_minutes"]
    reading = record_reading(
        department=key.department,
        observed_at=row["observed_at"],
        door_to_provider=wait,
        source=Source.FEED,
        sample_size=row["sample_size"],
        valid_for=None if valid_for is None else timedelta(minutes=valid_for),
        demonstration=key.demonstration,
    )
    if reading.door_to_provider != wait:
        raise ValidationError({"observed_at": _("There is a reading for this time already, with another wait.")})
    return reading

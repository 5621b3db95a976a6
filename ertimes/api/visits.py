"""Where a system sends when patients arrived and were seen; the site measures the wait."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import ReadingState
from ..visits import OLDEST_AS_OF, VisitReport, check_report, keep_visits, measure_wait
from .forms import MOST_VISITS, VisitForm, VisitsForm
from .receiving import frame_of, message_of, receiving, rows_of, take_once, told


@receiving
def visits(request, slug):
    """Take the visits of a message and measure the wait as of its `as_of`.

    A message without visits is good: nobody came or was seen, and the wait is measured anew. One whose `as_of`
    is long over, such as after an outage, is kept but measures nothing: that would be a wait of the past.
    """
    key, content = message_of(request, slug)
    frame = frame_of(content, VisitsForm)
    rows = rows_of(content, "visits", VisitForm, least=0, most=MOST_VISITS)
    now = timezone.now()
    reports = []
    for index, row in rows.good:
        report = VisitReport(**row)
        try:
            check_report(report, now)
        except ValidationError as error:
            rows.refuse(index, told(error))
        else:
            reports.append(report)
    if rows.refused and not reports:
        raise rows.refuse_all()
    measured = None
    with transaction.atomic():
        take_once(key.department, frame["event_id"])
        keep_visits(department=key.department, reports=reports, demonstration=key.demonstration)
        if frame["as_of"] >= now - OLDEST_AS_OF:
            measured = measure_wait(department=key.department, as_of=frame["as_of"], demonstration=key.demonstration)
    return {"event_id": frame["event_id"], "stored": len(reports), "wait": _wait(measured), **rows.told()}


def _wait(reading):
    """Return what is told of the WaitTimeReading that came of it, None where there is none."""
    if reading is None:
        return None
    return {
        "wait_minutes": reading.minutes,
        "observed_at": reading.observed_at,
        "sample_size": reading.sample_size,
        "held": reading.state == ReadingState.HELD,
    }

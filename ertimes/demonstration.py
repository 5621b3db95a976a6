"""Made-up waits, for the demonstration only."""

from datetime import timedelta

from .models import EmergencyDepartment, Source, WaitTimeReading
from .readings import record_reading

KEPT = timedelta(days=4)  # longer than hours are summed up anew, so that none is made of half its readings


def report_made_up_waits(at, randomness):
    """Record for each department a wait some minutes off its last one; forget made-up ones older than KEPT."""
    WaitTimeReading.objects.filter(demonstration=True, observed_at__lt=at - KEPT).delete()
    for department in EmergencyDepartment.objects.published(at).with_newest_readings(at):
        if WaitTimeReading.objects.filter(department=department, demonstration=False).exists():
            continue  # a real feed has begun: nothing made-up may mix with it
        last = department.feed_door_to_provider or timedelta(minutes=randomness.randint(15, 40))
        minutes = int(last.total_seconds() // 60) + randomness.randint(-4, 4)
        record_reading(
            department=department,
            observed_at=at,
            door_to_provider=timedelta(minutes=min(75, max(8, minutes))),
            source=Source.FEED,
            sample_size=randomness.randint(3, 12),
            demonstration=True,
        )

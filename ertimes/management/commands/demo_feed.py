"""A made-up feed for the demonstration, so that the board is alive."""

import random
import signal
import threading
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from ertimes.models import EmergencyDepartment, WaitTimeReading
from ertimes.readings import record_reading

KEPT = timedelta(days=2)


def report_made_up_waits(at, randomness):
    """Record for each department a wait some minutes off its last one; forget made-up ones older than KEPT."""
    WaitTimeReading.objects.filter(demonstration=True, observed_at__lt=at - KEPT).delete()
    for department in EmergencyDepartment.objects.published(at).with_newest_reading(at):
        if WaitTimeReading.objects.filter(department=department, demonstration=False).exists():
            continue  # a real feed has begun: nothing made-up may mix with it
        last = department.newest_wait or timedelta(minutes=randomness.randint(15, 40))
        minutes = int(last.total_seconds() // 60) + randomness.randint(-4, 4)
        record_reading(
            department=department,
            observed_at=at,
            door_to_provider=timedelta(minutes=min(75, max(8, minutes))),
            source=WaitTimeReading.Source.FEED,
            sample_size=randomness.randint(3, 12),
            demonstration=True,
        )


class Command(BaseCommand):
    help = "Report made-up ER waits every few minutes. Only for the demonstration."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, default=240, help="seconds between two reports (default 240)")
        parser.add_argument("--once", action="store_true", help="report once and end")

    def handle(self, *, every, once, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is off (DEMONSTRATION=false): no waits are made up.")
        stop = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        randomness = random.Random()  # noqa: S311  made-up waits are no secret
        while True:
            try:
                report_made_up_waits(timezone.now().replace(microsecond=0), randomness)
            except DatabaseError as error:
                # The board then shows no number once the last one is too old; the feed goes on trying.
                self.stderr.write(f"the database did not take the waits: {error}")
            close_old_connections()
            if once or stop.wait(every):
                return

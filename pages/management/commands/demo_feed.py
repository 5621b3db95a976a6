"""What keeps the demonstration alive: new waits every few minutes, and classes that are still to come."""

import random
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from ertimes.demonstration import report_made_up_waits
from pages.demo.events import move_events_on


class Command(BaseCommand):
    help = "Report made-up ER waits every few minutes and move past made-up events on. Only for the demonstration."

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
                now = timezone.now().replace(microsecond=0)
                report_made_up_waits(now, randomness)
                move_events_on(now)
            except DatabaseError as error:
                # The board then shows no number once the last one is too old; the feed goes on trying.
                self.stderr.write(f"the database did not take the waits: {error}")
            if once:
                return
            close_old_connections()
            if stop.wait(every):
                return

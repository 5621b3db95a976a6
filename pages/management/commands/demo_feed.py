"""What keeps the demonstration alive: new waits every few minutes, and classes that are still to come."""

import random
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from ertimes.made_up_arrivals import keep_somebody_on_the_way
from pages.demo.events import move_events_on
from pages.demo.feed import SiteIsDownError, feed

AGAIN_AFTER = 5  # seconds, where the site is down or still starting


class Command(BaseCommand):
    help = "Send made-up ER waits every few minutes and move past made-up events on. Only for the demonstration."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, default=240, help="seconds between two reports (default 240)")
        parser.add_argument("--once", action="store_true", help="report once and end")

    def handle(self, *, every, once, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is off (DEMONSTRATION=false): no waits are made up.")
        randomness = random.Random()  # noqa: S311  made-up waits are no secret
        if once:
            trouble = self.report(randomness)
            if trouble:
                raise CommandError(trouble)
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        told = ""
        while not stop.is_set():
            # The board shows no number once the last one is too old; the feed goes on trying.
            trouble = self.report(randomness)
            if trouble and trouble != told:
                self.stderr.write(f"{trouble}; it is tried again every {AGAIN_AFTER} s")
            if told and not trouble:
                self.stdout.write("the site takes the made-up waits again")
            told = trouble
            close_old_connections()
            stop.wait(AGAIN_AFTER if trouble else every)

    def report(self, randomness):
        """Do one round and return what went wrong that may be over in a moment, "" where nothing did."""
        now = timezone.now().replace(microsecond=0)
        try:
            move_events_on(now)
            keep_somebody_on_the_way(now)
            for refusal in feed(now, randomness):
                self.stderr.write(f"the site did not take a made-up wait: {refusal}")
        except DatabaseError as error:
            return f"the database did not take the waits: {error}"
        except SiteIsDownError as error:
            return str(error)
        return ""

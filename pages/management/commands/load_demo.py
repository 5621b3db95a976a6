from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pages.demo.loading import load_demonstration


class Command(BaseCommand):
    help = "Load the demonstration content. Run again, it changes nothing but moves past made-up events on."

    def add_arguments(self, parser):
        parser.add_argument(
            "--put-back",
            action="store_true",
            help="load again what was deleted or renamed since; what is there stays as it is",
        )

    def handle(self, *, put_back, verbosity, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is off (DEMONSTRATION=false): nothing was loaded.")
        report = load_demonstration(now=timezone.now().replace(microsecond=0), put_back=put_back)
        if not verbosity:
            return
        if report.tallies or verbosity > 1:
            for account in report.directory.rows:
                self.stdout.write(f"  {account}")
        for line in report.directory.summary():
            self.stdout.write(line)
        if report.tallies:
            loaded = ", ".join(f"{tally.new} of {tally.total} {tally.subject}" for tally in report.tallies)
            self.stdout.write(f"New: {loaded}.")
        else:
            self.stdout.write("The demonstration had been loaded before: the content is left as it is.")
        if report.events_moved:
            self.stdout.write(f"{report.events_moved} made-up events were over and moved on.")

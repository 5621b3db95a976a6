"""Make the hours that the charts read anew from the raw readings."""

from datetime import date, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ertimes.full_hours import full_hour
from ertimes.hours import VISITS_WHOLE, summarize_accuracy, summarize_waits, whole_since
from publishing.local_time import local_midnight

STEP = timedelta(days=7)


class Command(BaseCommand):
    help = "Sum up the ER waits by the hour again, from the readings that are still kept."

    def add_arguments(self, parser):
        parser.add_argument("--since", help="the first day, such as 2027-03-14; without it all that is kept")

    def handle(self, *, since, verbosity, **options):
        now = timezone.now()
        start = whole_since(now)
        if start is None:
            self.stdout.write("There are no readings.")
            return
        if since is not None:
            wanted = full_hour(local_midnight(day_of(since)))
            if wanted < start and verbosity:
                self.stdout.write(
                    f"Readings are kept since {start:%Y-%m-%d %H:%M} UTC: earlier hours stay as they are."
                )
            start = max(start, wanted)
        changed = 0
        while start < now:
            end = min(start + STEP, now)
            changed += summarize_waits([(start, end)])
            start = end
        changed += summarize_accuracy(full_hour(now - VISITS_WHOLE) + timedelta(hours=1), now)
        if verbosity:
            self.stdout.write(f"Hours changed: {changed}")


def day_of(text):
    """Return the date that `text` names as 2027-03-14. Raises CommandError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is no day such as 2027-03-14.") from None

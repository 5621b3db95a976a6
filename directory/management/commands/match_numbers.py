from django.core.management.base import BaseCommand

from directory.mentions.comparing import compare
from directory.models import NumberMention


class Command(BaseCommand):
    help = "Match the phone numbers in all texts of the site to the directory. Safe to run at any time."

    def handle(self, *args, **options):
        def tell(place, done, total):
            if options["verbosity"] > 1 or done == total:
                self.stdout.write(f"{place.model._meta.verbose_name_plural}: {done} of {total}")

        compared = compare(tell)
        self.stdout.write(f"Texts read: {compared.rows}. Numbers that were not known as they are: {compared.wrong}.")
        for state in NumberMention.State:
            count = NumberMention.objects.filter(state=state).count()
            self.stdout.write(f"{state.label}: {count}")

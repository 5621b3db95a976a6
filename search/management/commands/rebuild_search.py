from django.core.management.base import BaseCommand

from search.rebuilding import rebuild


class Command(BaseCommand):
    help = "Write the search index anew, while it is being searched."

    def handle(self, *args, **options):
        entries = rebuild(self._tell)
        self.stdout.write(f"{entries} entries in the index.")

    def _tell(self, source, done, total):
        self.stdout.write(f"{source.label}: {done} of {total}")

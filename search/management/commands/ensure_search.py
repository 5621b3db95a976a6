from django.core.management.base import BaseCommand

from search.models import Entry, LayWord
from search.rebuilding import rebuild
from search.starter import load_starter


class Command(BaseCommand):
    help = "Fill the list of lay words and the search index where either is empty. May run at any time."

    def handle(self, *args, **options):
        if not LayWord.objects.exists():  # an editor who has deleted one does not want it back
            load_starter()
        if not Entry.objects.filter(object_id__lt=0).exists():  # pages that are in no table come with a rebuilding only
            rebuild()

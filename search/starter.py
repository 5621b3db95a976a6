"""The list of lay words that the site comes with."""

import csv
from pathlib import Path

from django.db import transaction

from .lay_word_rules import sameness_of
from .lay_words import LAY_WORDS
from .models import LayWord

STARTER = Path(__file__).with_name("starter") / "lay_words.csv"


def missing_of_starter():
    """Return those rows of the starter list, as LayWords, whose words are not in the list yet."""
    with STARTER.open(encoding="utf-8", newline="") as file:
        rows = [LayWord(**row) for row in csv.DictReader(file)]
    known = {sameness_of(*each) for each in LayWord.objects.values_list("words", "language")}
    return [row for row in rows if sameness_of(row.words, row.language) not in known]


@transaction.atomic
def load_starter():
    """Add the rows of the starter list whose words are not in the list yet; return how many."""
    LAY_WORDS.changed()
    new = missing_of_starter()
    LayWord.objects.bulk_create(new, batch_size=500)
    return len(new)

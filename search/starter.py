"""The list of lay words that the site comes with."""

import csv
from pathlib import Path

from .lay_words import LAY_WORDS
from .models import LayWord

STARTER = Path(__file__).with_name("starter") / "lay_words.csv"


def load_starter():
    """Add those rows of the starter list whose words are not in the list yet; return how many."""
    with STARTER.open(encoding="utf-8", newline="") as file:
        rows = [LayWord(**row) for row in csv.DictReader(file)]
    known = set(LayWord.objects.values_list("words", "language"))
    new = [row for row in rows if (row.words, row.language) not in known]
    LayWord.objects.bulk_create(new, batch_size=500)
    LAY_WORDS.changed()
    return len(new)

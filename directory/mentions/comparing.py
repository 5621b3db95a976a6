"""All texts of the site compared with what is known of the numbers in them."""

import logging
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from publishing.batches import batches

from ..models import ContactNumber, NumberMention
from .fields import places
from .keeping import ROWS_AT_ONCE, keep
from .naming import Holders

logger = logging.getLogger(__name__)


@dataclass
class Compared:
    """How many rows were read, and how many mentions were wrong, missing or too many; they are mended."""

    rows: int = 0
    wrong: int = 0


def compare(tell=lambda place, done, total: None):
    """Read every text and mend what is kept of it. Return what was Compared.

    Some hundred rows are in memory at a time, and every live number of the directory. `tell` is called with
    the Place, how many of its rows are done, and how many there are.
    """
    compared = Compared()
    holders = Holders()
    for place in places():
        keys = list(place.model._base_manager.order_by("pk").values_list("pk", flat=True))
        done = 0
        for batch in batches(keys, ROWS_AT_ONCE):
            compared.wrong += keep({place: dict.fromkeys(batch, True)}, holders=holders)
            done += len(batch)
            tell(place, done, len(keys))
        compared.rows += done
        compared.wrong += _forget_gone(place)
    others = NumberMention.objects.exclude(row_model__in=[place.label for place in places()])
    compared.wrong += others.delete()[0]
    if compared.wrong:
        logger.warning("Numbers in texts differed from what was known of them: %d", compared.wrong)
    return compared


def _forget_gone(place):
    there = place.model._base_manager.filter(pk=OuterRef("row_id"))
    return NumberMention.objects.filter(~Exists(there), row_model=place.label).delete()[0]


def left_behind():
    """Return the primary keys of the ContactNumbers that are others by now than some text has that means them."""
    pairs = NumberMention.objects.filter(number__isnull=False).order_by().values_list("number_id", "value").distinct()
    held = defaultdict(set)
    for number, value in pairs.iterator(chunk_size=2000):
        held[number].add(value)
    return sorted(
        number.pk
        for batch in batches(sorted(held), ROWS_AT_ONCE)
        for number in ContactNumber.objects.filter(pk__in=batch)
        if held[number.pk] != {number.value}
    )

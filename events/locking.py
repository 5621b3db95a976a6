"""One after the other: whoever gives, takes or changes seats of a date locks its row first.

A lock ends with the transaction. It is FOR NO KEY UPDATE, so that rows which point at the date can still be stored
by others meanwhile. SQLite has one writer anyway.
"""

from .models import EventDate


def lock(date):
    """Let nobody else lock `date`, an EventDate or its key, until the transaction ends; return it as it is stored.

    With its event. None once it is deleted.
    """
    pk = getattr(date, "pk", date)
    locked = EventDate.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    return locked.filter(pk=pk).first()

"""The same file twice in the library."""

from django.db.models import Q

from .models import Image


def duplicates_of(*, model, hashes, besides=None):
    """Return {hash: thing} of the things of `model`, Image or Document, that have one of `hashes`; one query.

    A picture is known both by the bytes that came and by those that were stored, so that a picture
    saved from a page of the site is known too. `besides` is the pk of the thing that is asked about.
    """
    hashes = {each for each in hashes if each}
    names = ["content_hash", "came_as"] if model is Image else ["content_hash"]
    matches = Q()
    for name in names:
        matches |= Q(**{f"{name}__in": hashes})
    found = {}
    if hashes:
        for thing in model.objects.filter(matches).exclude(pk=besides).order_by("pk"):
            for name in names:
                if getattr(thing, name) in hashes:
                    found.setdefault(getattr(thing, name), thing)
    return found

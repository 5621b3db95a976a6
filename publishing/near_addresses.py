"""Which pages somebody may have meant who asked for an address that is not there."""

import re
from difflib import SequenceMatcher

from django.db.models import Case, When

from .kinds import models_with_pages

_WORD = re.compile(r"[a-z]{4,}")
MOST_OF_A_MODEL = 200  # rows looked at
MOST_WORDS = 6
LIKE_ENOUGH = 0.5


def near_addresses(path, *, limit=5):
    """Return addresses of live pages that are spelled like `path`, the nearest first.

    Of each kind the pages are looked at that share the beginnings of most words with `path`, and not all:
    so it stays quick with 100,000 of them.
    """
    own_part = path.strip("/").rpartition("/")[2]
    beginnings = {word[:4] for word in _WORD.findall(own_part.lower())[:MOST_WORDS]}
    if not beginnings:
        return []
    matcher = SequenceMatcher(b=path.strip("/"), autojunk=False)
    scored = []
    for address in _addresses_with(beginnings):
        matcher.set_seq1(address.strip("/"))
        scored.append((matcher.ratio(), address))
    scored = [(score, address) for score, address in set(scored) if score >= LIKE_ENOUGH and address != path]
    return [address for _score, address in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:limit]]


def _addresses_with(beginnings):
    for model, name in models_with_pages():
        shares = [Case(When(**{f"{name}__icontains": each}, then=1), default=0) for each in sorted(beginnings)]
        with_shares = model.objects.published().annotate(shared=sum(shares[1:], shares[0]))
        most = with_shares.filter(shared__gt=0).order_by("-shared", "-pk").values_list("pk", flat=True)
        for thing in model.objects.filter(pk__in=list(most[:MOST_OF_A_MODEL])):
            yield thing.get_absolute_url()

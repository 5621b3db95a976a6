"""Which pages somebody may have meant who asked for an address that is not there."""

import re
from difflib import SequenceMatcher

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q

from .models import Publishable

_WORD = re.compile(r"[a-z]{4,}")
MOST_OF_A_MODEL = 200  # rows looked at
LIKE_ENOUGH = 0.5


def near_addresses(path, *, limit=5):
    """Return addresses of live pages that are spelled like `path`, the nearest first.

    Only pages whose own part of the address shares the beginning of a word with `path` are looked at,
    so that it stays quick with 100,000 of them.
    """
    beginnings = {word[:4] for word in _WORD.findall(path.lower())}
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
    for model in apps.get_models():
        name = _name_in_address(model)
        if name is None:
            continue
        wanted = Q()
        for beginning in sorted(beginnings):
            wanted |= Q(**{f"{name}__icontains": beginning})
        for thing in model.objects.published().filter(wanted)[:MOST_OF_A_MODEL]:
            yield thing.get_absolute_url()


def _name_in_address(model):
    """Return the field that stands in the address of a page of `model`, or None where it has no pages."""
    if not issubclass(model, Publishable) or not hasattr(model, "get_absolute_url"):
        return None
    for name in ("slug", "path"):
        try:
            return model._meta.get_field(name).name
        except FieldDoesNotExist:
            continue
    return None

"""Which things have a history, and of which parts each of them is made.

A feature says it once, in its AppConfig.ready: `track(Page, parts=["pages_block_set"])`. From then on
every save on the editors' screens is a revision that holds the thing with all its parts.
"""

import reversion

# Acts and care, not content: a restored or published version leaves them as they are.
NOT_CONTENT = ("published_at", "archived_at", "changed_at", "demonstration", "owner", "review_on", "renditions_made_at")

_parts = {}


def track(model, *, parts=()):
    """Keep the history of `model` with its `parts`: names of reverse relations, in the order of the page."""
    _parts[model] = tuple(parts)
    for name in parts:
        part = model._meta.get_field(_query_name(model, name)).related_model
        if not reversion.is_registered(part):
            reversion.register(part)
    reversion.register(model, exclude=NOT_CONTENT, follow=parts)


def is_tracked(model):
    """Return whether the history of `model` is kept."""
    return model in _parts


def tracked_models():
    """Return the models whose history is kept, in the order in which they were named."""
    return list(_parts)


def part_relations(model):
    """Return the names of the reverse relations that hold the parts of `model`."""
    return _parts[model]


def parts_of(thing):
    """Return `thing` and all its parts, in the order of the page."""
    return [thing, *(part for name in _parts.get(type(thing), ()) for part in getattr(thing, name).all())]


def _query_name(model, accessor):
    return next(field.name for field in model._meta.related_objects if field.get_accessor_name() == accessor)

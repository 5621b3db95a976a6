"""Which things have a history, and of which parts each of them is made.

A feature says it once, in its AppConfig.ready: `track(Page, parts=["pages_block_set"])`. From then on
every save on the editors' screens is a revision that holds the thing with all its parts.
"""

import reversion

# Acts and care, not content: a restored or published version leaves them as they are.
NOT_CONTENT = ("published_at", "archived_at", "changed_at", "demonstration", "owner", "review_on", "renditions_made_at")

_parts = {}
_acts = {}
_followers = []


def track(model, *, parts=(), acts=()):
    """Keep the history of `model` with its `parts`: names of reverse relations, in the order of the page.

    `acts` are fields of it that are no content either: what they say holds from now on, whatever version is shown.
    """
    _acts[model] = tuple(acts)
    relations = {relation.get_accessor_name(): relation for relation in model._meta.related_objects}
    _parts[model] = tuple(relations[name] for name in parts)
    for relation in _parts[model]:
        if not reversion.is_registered(relation.related_model):
            reversion.register(relation.related_model)
    reversion.register(model, exclude=(*NOT_CONTENT, *acts), follow=parts)
    for tell in _followers:
        tell(model)


def is_content(model, name):
    """Return whether the field `name` of `model` belongs to its versions."""
    return name not in NOT_CONTENT and name not in _acts.get(model, ())


def follow_tracking(tell):
    """Call `tell` with each tracked model, also with those that apps name later."""
    _followers.append(tell)
    for model in _parts:
        tell(model)


def is_tracked(model):
    """Return whether the history of `model` is kept."""
    return model in _parts


def tracked_models():
    """Return the models whose history is kept, in the order in which they were named."""
    return list(_parts)


def part_relations(model):
    """Return the reverse relations that hold the parts of `model`; each knows its related_model and its field."""
    return _parts.get(model, ())


def is_link_to_whole(field):
    """Return whether `field`, a model field, only says of which thing its row is a part."""
    return any(field == relation.field for relations in _parts.values() for relation in relations)


def parts_of(thing):
    """Return `thing` and all its parts, in the order of the page."""
    managers = (getattr(thing, relation.get_accessor_name()) for relation in part_relations(type(thing)))
    return [thing, *(part for manager in managers for part in manager.all())]

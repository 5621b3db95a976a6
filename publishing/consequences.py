"""What else changes on the site when a thing is published: told by features, on its form, before and afterwards.

A feature registers a teller in its AppConfig.ready: `register_consequences(numbers_in_texts, models=[Contact])`.
"""

from enum import Enum

_tellers = []


class Moment(Enum):
    """When it is told: on the editing form, on the publish screen, or on the receipt after publishing."""

    FORM = "form"
    PUBLISH = "publish"
    RECEIPT = "receipt"


def register_consequences(tell, models):
    """Have `tell` say what else changes with things of `models`.

    It is called with the thing, the user who asks and a Moment, and returns a dashboard.Panel or None. On the form
    and the publish screen the rows are those of the draft.
    """
    if (tell, tuple(models)) not in _tellers:
        _tellers.append((tell, tuple(models)))


def consequences(thing, user, moment):
    """Return the Panels that tell `user` what else changes with `thing`."""
    panels = (tell(thing, user, moment) for tell, models in _tellers if isinstance(thing, models))
    return [panel for panel in panels if panel is not None]

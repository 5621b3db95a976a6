"""How one thing is stored: checked as an editor's would be, and never over an editor's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How many things of a subject the files hold, and how many of them were not there yet."""

    subject: str
    total: int
    new: int


def store(model, key, **values):
    """Return (thing, is_new): the object of `model` that has the values of the dict `key`, else a new one.

    What is there already stays as it is, whatever its other values are. Raises ValidationError where a new
    one breaks a rule of its model.
    """
    found = model.objects.filter(**key).first()
    if found is not None:
        return found, False
    thing = model(**key, **values)
    thing.full_clean()
    thing.save()
    return thing, True

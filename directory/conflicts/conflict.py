"""One contradiction, and the kinds that there are."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of conflicts, in the order in which the desk shows them: first what leads a caller astray."""

    WRONG = "wrong", _("Found wrong when it was rung")
    SAME_NAME = "same_name", _("One name, different numbers")
    ONE_NUMBER = "one_number", _("One number under names that have nothing to do with each other")
    MAIN_NUMBER = "main_number", _("The main number without an extension")
    TWICE = "twice", _("Listed twice, perhaps written differently")
    SPELLING = "spelling", _("Perhaps misspelled")
    NO_NAME = "no_name", _("Without a name")
    NO_NUMBER = "no_number", _("Without a number")
    NEVER_VERIFIED = "never_verified", _("Never verified")
    OVERDUE = "overdue", _("Review or verification overdue")


@dataclass(frozen=True)
class Conflict:
    """What is wrong with `contacts`, the numbers (pk) of their rows in the order of the list.

    `key` names it for good, however often it is looked for. `data` is what it speaks of, anything that JSON can hold.
    `about` is the name, number or word in question ("" where it is the contact itself), `remark` a sentence more;
    both are for people.
    """

    kind: Kind
    key: str
    contacts: tuple
    data: tuple
    about: str = ""
    remark: str = ""

    @cached_property
    def digest(self):
        """Return what stands for its data: 32 digits that are others as soon as somebody has changed it."""
        return _digest(json.dumps(self.data, default=str))


def conflict(kind, subject, contacts, *facts, about="", remark=""):
    """Return the Conflict of `kind` about `subject` (a text that stays the same), between `contacts`.

    It speaks of the contacts' names and numbers, and of `facts`.
    """
    return Conflict(
        kind=kind,
        key=_short(f"{kind.value}:{subject}"),
        contacts=tuple(contact.pk for contact in contacts),
        data=(*((contact.pk, contact.name, sorted(contact.numbers)) for contact in contacts), *facts),
        about=about,
        remark=remark,
    )


def _short(key):
    """Return `key`, of at most 200 characters; the end of a longer one is its digest."""
    return key if len(key) <= 200 else f"{key[:160]}:{_digest(key)}"


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:32]

"""Whose turn it is in the verification round: first who was never rung, last who did not answer."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ..models import NumberCheck
from ..opening import local_day
from ..plain_contacts import PlainContact, read_plain_contacts
from .rules import counts_since, is_settled


@dataclass(frozen=True)
class Turn:
    """A contact whose turn it is: `due` are the values of its numbers that are to be rung.

    `in_vain` is {value: when it was last rung in this round and nobody answered}.
    """

    contact: PlainContact
    due: list
    in_vain: dict

    @property
    def tried(self):
        """Return when the first of them was rung in vain, or None."""
        return min(self.in_vain.values(), default=None)

    @property
    def untried(self):
        """Return the values that nobody has rung in this round yet."""
        return [value for value in self.due if value not in self.in_vain]


@dataclass(frozen=True)
class Round:
    """The round at one instant: the Turns that are left, in their order, of `total` contacts."""

    turns: list
    total: int

    @property
    def checked(self):
        return self.total - len(self.turns)

    def turn_of(self, contact):
        """Return the Turn of `contact`, a number, or None where it is not to be rung."""
        return next((turn for turn in self.turns if turn.contact.pk == contact), None)

    def after(self, contact):
        """Return the Turn behind that of `contact`, a number; the first one where there is none; None at the end."""
        places = {turn.contact.pk: place for place, turn in enumerate(self.turns)}
        place = places.get(contact, -1) + 1
        return self.turns[place] if place < len(self.turns) else self.turns[0] if self.turns else None


def round_at(at=None):
    """Return the Round at `at` (default: now): of what the public sees and what can be rung. In four queries."""
    at = at or timezone.now()
    today = local_day(at)
    contacts = [contact for contact in read_plain_contacts(at) if contact.is_live and contact.to_ring]
    in_vain = _in_vain()
    found = []
    for place, contact in enumerate(contacts):
        due = [value for value in contact.to_ring if not _is_settled(contact, value, today)]
        if due:
            turn = Turn(contact, due, _tried(contact, due, in_vain, today))
            found.append((_urgency(turn), place, turn))
    return Round([turn for _urgency, _place, turn in sorted(found, key=lambda each: each[:2])], len(contacts))


def _is_settled(contact, value, today):
    verdict = contact.verdicts.get(value)
    return is_settled(verdict and verdict.at, contact.review_on, today)


def _tried(contact, due, in_vain, today):
    since = counts_since(contact.review_on, today)
    tried = {value: in_vain[contact.pk, value] for value in due if (contact.pk, value) in in_vain}
    return {value: at for value, at in tried.items() if local_day(at) >= since}


def _urgency(turn):
    """Return what turns are sorted by: tried in vain, never checked, then the day of the review or of the check."""
    contact = turn.contact
    verdicts = [contact.verdicts[value] for value in turn.due if value in contact.verdicts]
    never = len(verdicts) < len(turn.due)
    day = contact.review_on or min((local_day(verdict.at) for verdict in verdicts), default=date.min)
    return (turn.tried.timestamp() if turn.tried else 0, not never, day)


def _in_vain():
    """Return {(contact, value): when it was last rung and nobody answered}."""
    rows = NumberCheck.objects.newest(NumberCheck.Outcome.NO_ANSWER).order_by()
    return {(contact, number): at for contact, number, at in rows.values_list("contact_id", "number", "checked_at")}

"""What an import would do: a verdict on every line, and the contacts that are to be stored."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from ..models import Contact, ContactNumber, ImportLine, Section
from .rows import NumberOfRow, Row

Outcome = ImportLine.Outcome
Rule = ImportLine.Rule


@dataclass
class Verdict:
    """What becomes of one line. `reasons` are (label of the field, sentence), `changes` (label, old, new)."""

    row: Row
    outcome: str
    rule: str = ""
    head: int | None = None
    title: str = ""
    reasons: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    entry: object = None


@dataclass
class NumberEntry:
    """A number to be stored: `stored` is the ContactNumber that it changes, None for a further one.

    `values` are the fields of a ContactNumber that are to be set.
    """

    row: NumberOfRow
    values: dict = field(default_factory=dict)
    stored: ContactNumber | None = None
    changes: list = field(default_factory=list)


@dataclass
class Entry:
    """A contact that is in the file. `contact` is the stored one, None for a new one.

    `section` is a Section, not stored yet where the import adds it. `values` are what is to be set. `publish` says
    that the public is to see it, where whoever imports decides so.
    """

    rows: list
    section: Section | None = None
    contact: Contact | None = None
    values: dict = field(default_factory=dict)
    numbers: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    publish: bool = False

    @property
    def source_line(self):
        return "\n".join(row.raw for row in self.rows)


@dataclass
class Plan:
    """`verdicts` has one for each line, in their order; `entries` what is to be stored; `new_sections` Sections."""

    verdicts: list
    entries: list
    new_sections: list

    @property
    def sums(self):
        """Return how many lines have each Outcome, in the order of Outcome."""
        found = Counter(verdict.outcome for verdict in self.verdicts)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def digest(self):
        """Return a short text that tells this plan from another one, also where a contact has been saved meanwhile."""
        said = [
            (
                verdict.row.number_of_line,
                *(str(verdict.outcome), str(verdict.rule), verdict.head),
                *(verdict.reasons, verdict.changes),
                _state_of(verdict.entry) if verdict.outcome == Outcome.CHANGED else None,
            )
            for verdict in self.verdicts
        ]
        return hashlib.blake2b(repr(said).encode(errors="replace"), digest_size=16).hexdigest()


def _state_of(entry):
    return (entry.contact.pk, entry.contact.changed_at.isoformat(), entry.contact.published_at is not None)

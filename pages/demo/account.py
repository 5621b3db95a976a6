"""What became of every row of the directory: nothing is dropped without a word."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from directory.models import Contact

from .rows import Row, read_rows


class Outcome(Enum):
    """Where a row is now. Each row has exactly one, so that the counts add up to the rows."""

    PUBLISHED = "published"
    WITHOUT_NUMBER = "published without a number"
    NAMELESS = "kept unpublished because it has no name"
    TAKEN_DOWN = "unpublished by an editor"
    DELETED = "deleted by an editor"


@dataclass(frozen=True)
class RowAccount:
    row: Row
    outcome: Outcome

    def __str__(self):
        row = self.row
        tidied = f' (tidied to "{row.tidied_name}")' if row.tidied_name != row.name else ""
        return f"{row.label}: {row.name or 'no name'}{tidied}, {row.number or 'no number'}: {self.outcome.value}"


@dataclass(frozen=True)
class DirectoryAccount:
    rows: list  # of RowAccount, in the order of the source

    def summary(self):
        """Return the sentences that account for all rows, by outcome and by what the source gives."""
        outcomes = Counter(account.outcome for account in self.rows)
        parts = [f"{outcomes[outcome]} {outcome.value}" for outcome in Outcome if outcomes[outcome]]
        rows = [account.row for account in self.rows]
        return [
            f"Directory: {len(rows)} rows = {' + '.join(parts)}.",
            f"In the source {sum(bool(row.phone) for row in rows)} rows have a number"
            f" ({sum(bool(row.extension) for row in rows)} of them with an extension),"
            f" {sum(not row.phone for row in rows)} have none,"
            f" {sum(not row.name for row in rows)} have no name.",
        ]


def account_for_rows(now):
    """Return the DirectoryAccount at `now`, from what is stored."""
    contacts = {contact.source_line: contact for contact in Contact.objects.prefetch_related("numbers")}
    return DirectoryAccount([RowAccount(row, _outcome(contacts.get(row.line), now)) for row in read_rows()])


def _outcome(contact, now):
    if contact is None:
        return Outcome.DELETED
    if not contact.name:
        return Outcome.NAMELESS
    if not contact.is_published_at(now):
        return Outcome.TAKEN_DOWN
    return Outcome.PUBLISHED if contact.numbers.all() else Outcome.WITHOUT_NUMBER

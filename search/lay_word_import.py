"""What an import of lay words would change, and doing it: every row of the file has its place in the account."""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .lay_word_files import language_of
from .lay_word_rules import sameness_of, tidied
from .lay_words import LAY_WORDS
from .models import LayWord


class ChangedMeanwhileError(Exception):
    """The list is not as it was when the account was looked at."""


class RefusedRowsError(Exception):
    """There are rows that cannot be taken, and nobody has said to leave them out."""


@dataclass(frozen=True)
class Change:
    """What becomes of one line: `row` is what is stored, `before` the LayWord as it is now, `reason` a refusal's."""

    line: object
    row: object = None
    before: LayWord | None = None
    reason: str = ""


@dataclass
class Account:
    """What becomes of all lines; each stands in one of the lists. `empty` are those without any text."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    empty: list = field(default_factory=list)

    @property
    def total(self):
        return sum(map(len, (self.new, self.changed, self.unchanged, self.refused, self.empty)))

    @property
    def changes(self):
        """Return how many rows of the list would be added or changed."""
        return len(self.new) + len(self.changed)

    @property
    def digest(self):
        """Return a short text that tells this account from another one."""
        said = [
            (name, change.line.number, change.row, change.before and (change.before.pk, change.before.means))
            for name in ("new", "changed", "unchanged", "refused")
            for change in getattr(self, name)
        ]
        return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()


def account_of(lines):
    """Return the Account of `lines` against the list as it is now. One query."""
    account = Account()
    listed = {sameness_of(each.words, each.language): each for each in LayWord.objects.order_by("-pk")}
    seen = {}
    for line in lines:
        if line.is_empty and not line.too_many:
            account.empty.append(Change(line))
            continue
        try:
            row = _row(line)
            if row.sameness in seen:
                raise ValidationError(
                    _("Row %(number)d has the same words: capitals, accents and plurals make no other.")
                    % {"number": seen[row.sameness]}
                )
        except ValidationError as error:
            account.refused.append(Change(line, reason=" ".join(error.messages)))
            continue
        seen[row.sameness] = line.number
        before = listed.get(row.sameness)
        if before is None:
            account.new.append(Change(line, row))
        elif (before.words, before.means) == (row.words, row.means):
            account.unchanged.append(Change(line, row, before))
        else:
            account.changed.append(Change(line, row, before))
    return account


@transaction.atomic
def take_in(lines, *, digest, leave_out_refused):
    """Store what `lines` say and return (Account, LayWords that were added, LayWords that were changed).

    Raises ChangedMeanwhileError where the account is not the one of `digest` any more, RefusedRowsError where rows
    are refused and are not to be left out; then nothing is stored.
    """
    LAY_WORDS.changed()  # its row is the lock: of two imports the second sees what the first has stored
    account = account_of(lines)
    if account.digest != digest:
        raise ChangedMeanwhileError
    if account.refused and not leave_out_refused:
        raise RefusedRowsError
    new = [LayWord(words=each.row.words, means=each.row.means, language=each.row.language) for each in account.new]
    for change in account.changed:
        change.before.words, change.before.means = change.row.words, change.row.means
    changed = [change.before for change in account.changed]
    LayWord.objects.bulk_create(new, batch_size=500)
    LayWord.objects.bulk_update(changed, ["words", "means"], batch_size=200)
    return account, new, changed


def _row(line):
    """Return the Row of `line`. Raises ValidationError where it can be none."""
    if line.too_many:
        raise ValidationError(
            _("There are more cells than columns. Put what holds a comma into quotation marks, or use semicolons.")
        )
    language = language_of(line.language)
    if language is None:
        raise ValidationError(_("The language must be en or es, not “%(found)s”.") % {"found": line.language[:40]})
    return tidied(line.words, line.means, language)

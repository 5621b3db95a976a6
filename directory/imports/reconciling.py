"""Comparing a file with the directory: every line gets exactly one verdict."""

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from publishing.spreadsheet_cells import plain_cell

from ..models import Section
from .cells import RefusedCellError, key_of_name, tidied, without_colon
from .columns import LABELS, OF_THE_CONTACT
from .number_matching import matched
from .plan import Entry, Outcome, Plan, Rule, Verdict
from .targets import Targets


def plan_of(rows, directory, *, adds_sections=False):
    """Return the Plan for `rows`, of which all are understood, against `directory`, a StoredDirectory. No query."""
    return _Reconciliation(rows, directory, adds_sections).plan()


class _Reconciliation:
    def __init__(self, rows, directory, adds_sections):
        self.rows, self.directory, self.adds_sections = rows, directory, adds_sections
        self.verdicts, self.entries, self.new_sections = {}, [], {}

    def plan(self):
        good = []
        for row in self.rows:
            if row.is_blank:
                self.verdicts[row.number_of_line] = Verdict(row, Outcome.BLANK)
            elif row.errors:
                self._refuse(row, row.errors)
            else:
                good.append(row)
        targets = Targets(good, self.directory, adds_sections=self.adds_sections)
        groups = {}
        for row in good:
            if row.number_of_line in targets.refused:
                self._refuse(row, [targets.refused[row.number_of_line]])
            else:
                groups.setdefault(targets.of[row.number_of_line], []).append(row)
        for (where, *key), rows in groups.items():
            self._judge(rows, self.directory.contacts[key[0]] if where == "stored" else None)
        return Plan(
            [self.verdicts[row.number_of_line] for row in self.rows], self.entries, list(self.new_sections.values())
        )

    def _refuse(self, row, errors):
        reasons = [[str(LABELS.get(column, "")), sentence] for column, sentence in errors]
        title = row.values.get("name", "")
        self.verdicts[row.number_of_line] = Verdict(row, Outcome.REFUSED, title=title, reasons=reasons)

    def _judge(self, rows, contact):
        """Give the rows of one contact their verdicts."""
        entry = Entry([rows[0]], contact=contact, values=dict(rows[0].values))
        numbers, merged = [(rows[0].number_of_line, rows[0].number)] if rows[0].number else [], []
        for row in rows[1:]:
            if errors := _contradictions(entry, numbers, row):
                self._refuse(row, errors)
                continue
            for name, value in row.values.items():
                entry.values[name] = entry.values.get(name) or value
            entry.rows.append(row)
            merged.append((row, _rule(row, numbers)))
            if merged[-1][1] == Rule.FURTHER:
                numbers.append((row.number_of_line, row.number))
        try:
            self._compare(entry, numbers)
        except RefusedCellError as error:
            for row in entry.rows:
                self._refuse(row, [(error.column, str(error))])
            return
        self._tell(entry, merged)

    def _tell(self, entry, merged):
        head = entry.rows[0]
        outcome = Outcome.NEW if entry.contact is None else Outcome.CHANGED if entry.changes else Outcome.UNCHANGED
        title = entry.values.get("name") or (entry.contact.name if entry.contact else "")
        verdict = Verdict(head, outcome, title=title, changes=entry.changes, remarks=_remarks(entry), entry=entry)
        self.verdicts[head.number_of_line] = verdict
        for row, rule in merged:
            if rule == Rule.FURTHER and outcome == Outcome.UNCHANGED:
                self.verdicts[row.number_of_line] = Verdict(row, outcome, title=title)
            else:
                self.verdicts[row.number_of_line] = Verdict(
                    row, Outcome.MERGED, rule, head.number_of_line, title, remarks=row.remarks
                )
        if outcome != Outcome.UNCHANGED:
            self.entries.append(entry)

    def _compare(self, entry, numbers):
        """Fill in what is to be stored of `entry`. Raises RefusedCellError where it cannot be."""
        may_empty, contact = bool(entry.rows[0].contact_id), entry.contact
        entry.section = self._section(entry.values.pop("section", ""))
        stored = list(contact.numbers.all()) if contact else []
        entry.numbers = matched(numbers, stored, may_empty=may_empty)
        published = entry.rows[0].published
        if contact is None:
            entry.publish = published is not False and bool(entry.values.get("name"))
            return
        entry.changes = [*_changes(entry, may_empty), *(change for each in entry.numbers for change in each.changes)]
        if published and contact.published_at is None:
            entry.publish = True
            entry.changes.append([str(LABELS["published"]), str(_("no")), str(_("yes"))])
        self._refuse_what_cannot_be(entry, published)

    def _refuse_what_cannot_be(self, entry, published):
        contact = entry.contact
        is_public = contact.is_published_at(timezone.now())
        if published is False and is_public:
            raise RefusedCellError("published", _("An import takes nothing from visitors. Unpublish it in its form."))
        if (contact.published_at or entry.publish) and not entry.values.get("name", contact.name):
            raise RefusedCellError("name", _("Visitors see it, or are to: it must have a name."))
        if entry.publish and contact.expires_at and contact.expires_at <= timezone.now():
            raise RefusedCellError("published", _("It was to be taken down by now: change that date in its form."))
        if entry.changes and contact.pk in self.directory.worked_on:
            raise RefusedCellError(
                "", _("There is unpublished work on it. Publish it, or throw it away, and import the line again.")
            )

    def _section(self, name):
        key = key_of_name(name)
        if not key:
            return None
        if key in self.directory.sections:
            return self.directory.sections[key]
        if key not in self.new_sections:
            slug = slugify(name)[:100] or f"section-{len(self.new_sections) + 1}"
            self.new_sections[key] = Section(name=name, slug=slug)
        return self.new_sections[key]


def _contradictions(entry, numbers, row):
    """Return (column, sentence) for each field in which `row` says something else than the rows before it."""
    head = entry.rows[0].number_of_line
    wrong = []
    for name in OF_THE_CONTACT:
        said, new = entry.values.get(name), row.values.get(name)
        if name == "position" or not said or not new:
            continue
        differs = key_of_name(said) != key_of_name(new) if name in ("section", "name") else said != new
        if differs:
            wrong.append((name, said))
    for _line, number in numbers:
        if row.number and _adds_nothing_to(number, row.number):
            for name in ("hours", "spoken_label"):
                said, new = number.texts.get(name), row.number.texts.get(name)
                if said and new and said != new:
                    wrong.append((name, said))
    sentence = _("Line %(head)d says “%(said)s” of the same contact.")
    return [(name, sentence % {"head": head, "said": str(said)[:80]}) for name, said in wrong]


def _rule(row, numbers):
    if row.number is None:
        return Rule.NO_NUMBER if numbers else Rule.SAME
    return Rule.SAME if any(_adds_nothing_to(number, row.number) for _line, number in numbers) else Rule.FURTHER


def _adds_nothing_to(number, other):
    """Return whether `other` is the same number: of the same kind and with the same label, or without."""
    labels = {(each.texts.get("label") or "").casefold() for each in (number, other)} - {""}
    kinds = {number.kind, other.kind} - {None}
    return number.value == other.value and len(labels) < 2 and len(kinds) < 2


def _changes(entry, may_empty):
    """Return [label, old, new] for each field of the stored contact that changes; `values` keeps only those."""
    contact, changes = entry.contact, []
    if entry.section is not None and entry.section.pk != contact.section_id:
        changes.append([str(LABELS["section"]), contact.section.name, entry.section.name])
    else:
        entry.section = None
    kept = {}
    for name in OF_THE_CONTACT:
        if name not in entry.values or (entry.values[name] == "" and not may_empty):
            continue
        old, new = getattr(contact, name), entry.values[name]
        same = _as_read(name, old) == str(new)
        if name == "name" and not may_empty:
            same = True  # it was found by it: what differs is typography
        if not same:
            kept[name] = new
            changes.append([str(LABELS[name]), str(old), str(new)])
    entry.values = kept
    return changes


def _as_read(name, value):
    """Return a stored value as it comes back from an export: what nobody sees makes no change."""
    text = tidied(plain_cell(value))
    return without_colon(text) if name == "name" else text


def _remarks(entry):
    remarks = [remark for row in entry.rows[:1] for remark in row.remarks]
    if entry.contact is not None:
        said = entry.rows[0].values.get("name", "")
        if said and not entry.rows[0].contact_id and said != entry.contact.name:
            remarks.append(_("It is written “%(name)s” here and stays so.") % {"name": entry.contact.name})
        return remarks
    if not entry.values.get("name"):
        remarks.append(_("It has no name, so it is imported as a draft: work to do."))
    if not entry.numbers:
        remarks.append(_("It has no number: visitors are told to ask at the main number."))
    return remarks

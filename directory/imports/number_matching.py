"""Which of a contact's stored numbers a number of the file is, or changes. None is ever taken away."""

from django.utils.translation import gettext as _

from publishing.spreadsheet_cells import plain_cell

from .cells import RefusedCellError, tidied
from .columns import LABELS, OF_THE_NUMBER
from .phone_cells import Kind
from .plan import NumberEntry


def matched(numbers, stored, *, may_empty):
    """Return NumberEntries for `numbers`, (line, NumberOfRow) each, against `stored`, a list of ContactNumbers.

    With `may_empty` an empty cell empties its field. Raises RefusedCellError where it cannot be told which number
    is to be changed.
    """
    left = list(stored)
    found = {}
    for fits in (_is_same, _has_same_value):
        for line, number in numbers:
            if line not in found:
                match = [each for each in left if fits(number, each)]
                if match:
                    found[line] = match[0]
                    left.remove(match[0])
    waiting = [(line, number) for line, number in numbers if line not in found]
    for line, number in waiting:
        match = [each for each in left if _has_place_of(number, each)]
        rivals = [other for _line, other in waiting if any(_has_place_of(other, each) for each in match)]
        if not match:
            continue
        if len(match) > 1 or len(rivals) > 1:
            raise RefusedCellError(
                "phone",
                _("It has several numbers of this kind. Say by “label” which one is meant, or change it in its form."),
            )
        found[line] = match[0]
    return [_entry(number, found.get(line), may_empty=may_empty) for line, number in numbers]


def _is_same(number, stored):
    return (
        number.value == stored.value
        and number.kind in (None, stored.kind)
        and _key(number.texts.get("label", stored.label)) == _key(stored.label)
    )


def _has_same_value(number, stored):
    return number.value == stored.value


def _has_place_of(number, stored):
    label = number.texts.get("label")
    return (number.kind or Kind.VOICE) == stored.kind and (not label or _key(label) == _key(stored.label))


def _key(text):
    return tidied(text).casefold()


def _entry(number, stored, *, may_empty):
    value = {"number": number.stored, "short_code": number.short_code}
    if stored is None:
        values = {**value, "kind": number.kind or Kind.VOICE, **number.texts}
        return NumberEntry(number, values, changes=[[_("further number"), "", number.displayed]])
    values, changes = {}, []
    if number.value != stored.value:
        values |= value
        changes.append([str(LABELS["phone"]), stored.displayed, number.displayed])
    for name in OF_THE_NUMBER:
        old = getattr(stored, name)
        new = number.kind if name == "kind" else number.texts.get(name)
        if new is None or (not new and not may_empty) or tidied(plain_cell(new)) == tidied(plain_cell(old)):
            continue
        values[name] = new
        shown = [Kind(old).label, Kind(new).label] if name == "kind" else [old, new]
        changes.append([str(LABELS[name]), *map(str, shown)])
    return NumberEntry(number, values, stored, changes)

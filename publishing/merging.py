"""Two versions of one thing that were made from the same: put together, with a choice where both changed a field.

`base` is what both had opened, `theirs` what the other saved, `mine` what was set aside. A field that one
side alone changed takes that side; one that both changed differently is for the author to choose.
"""

import itertools
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from .changes import Names, field_changes, moved_parts, title_of
from .snapshots import FIRST_DRAFT_KEY

THEIRS, MINE = "theirs", "mine"
ORDER = "parts-order"


@dataclass(frozen=True)
class Choice:
    """One field that both changed, a part that one changed and the other removed, or the order of the parts.

    `name` is stable and fits a form field. The texts are plain. `chosen` is THEIRS or MINE once the author
    has said so on a screen that is shown again, else None.
    """

    name: str
    part: str
    label: str
    base: str
    theirs: str
    mine: str
    chosen: str | None = None


class Merge:
    """The merge of three Snapshots. `choices` are what the author has to decide."""

    def __init__(self, base, theirs, mine):
        published = _published(base, theirs)
        self.theirs = theirs
        self.base, self.mine = (_renamed(each, published) for each in (base, mine))
        self._names = Names((self.base, self.theirs, self.mine))
        self.choices = self._find_choices()

    def result(self, chosen):
        """Return the merged Snapshot; `chosen` maps the name of each Choice to THEIRS or MINE."""
        root = self._merged(self.base.root, self.theirs.root, self.mine.root, chosen)
        parts = []
        for key in self._order(chosen.get(ORDER)):
            base, theirs, mine = (self._part(side, key) for side in (self.base, self.theirs, self.mine))
            if theirs and mine:
                parts.append(self._merged(base or theirs, theirs, mine, chosen))
            elif base is None:
                parts.append(theirs or mine)  # one of the two has added it
            elif (kept := theirs or mine) and kept.fields != base.fields:
                side = THEIRS if theirs else MINE
                if chosen.get(_removal_name(key)) == side:
                    parts.append(kept)
        return replace(self.mine, root=root, parts=_numbered(parts))

    def _find_choices(self):
        found = self._field_choices(self.base.root, self.theirs.root, self.mine.root)
        if self._both_moved():
            found.append(Choice(ORDER, _("Order of the parts"), "", *map(_listed, (self.base, self.theirs, self.mine))))
        for key in self._order():
            base, theirs, mine = (self._part(side, key) for side in (self.base, self.theirs, self.mine))
            if base and theirs and mine:
                found.extend(self._field_choices(base, theirs, mine))
            elif base and (kept := theirs or mine) and kept.fields != base.fields:
                words = "\n".join(f"{c.label}: {c.after}" for c in field_changes(None, kept, self._names))
                found.append(
                    Choice(_removal_name(key), title_of(base), "", "", words if theirs else "", words if mine else "")
                )
        return found

    def _field_choices(self, base, theirs, mine):
        found = []
        for change in field_changes(theirs, mine, self._names):
            if not base.model._meta.get_field(change.name).editable:
                continue  # it follows from what is chosen
            values = [item.fields.get(change.name) for item in (base, theirs, mine)]
            if values[1] != values[0] != values[2]:
                before = self._names.told(base.model._meta.get_field(change.name), values[0])
                found.append(
                    Choice(_name(mine, change.name), title_of(mine), change.label, before, change.before, change.after)
                )
        return found

    def _merged(self, base, theirs, mine, chosen):
        fields = dict(mine.fields)
        for name, value in theirs.fields.items():
            was = base.fields.get(name)
            if value != was and (mine.fields.get(name) == was or chosen.get(_name(mine, name)) == THEIRS):
                fields[name] = value
        return replace(mine, fields=fields)

    def _both_moved(self):
        pairs = [(self.base, self.theirs), (self.base, self.mine), (self.theirs, self.mine)]
        return all(moved_parts(*pair) for pair in pairs)

    def _order(self, side=None):
        """Return the keys of all parts, in the order of `side` or of the one who moved some: by default theirs.

        The parts that only the other side has stand behind the one that they follow there.
        """
        if side is None:
            side = THEIRS if moved_parts(self.base, self.theirs) else MINE
        first, second = (self.theirs, self.mine) if side == THEIRS else (self.mine, self.theirs)
        order = [part.identity for part in first.parts]
        previous = None
        for part in second.parts:
            key = part.identity
            if key not in order:
                order.insert(order.index(previous) + 1 if previous in order else 0, key)
            previous = key
        order.extend(part.identity for part in self.base.parts if part.identity not in order)
        return order

    @staticmethod
    def _part(snapshot, key):
        return next((part for part in snapshot.parts if part.identity == key), None)


def _numbered(parts):
    """Return `parts` with numbers that keep them in this order, where their own would not."""
    for name in ("ordering", "position"):
        numbered = [place for place, part in enumerate(parts) if name in part.fields]
        numbers = [parts[place].fields[name] for place in numbered]
        if all(one < other for one, other in itertools.pairwise(numbers)):
            continue
        for number, place in enumerate(numbered, start=1):
            parts[place] = replace(parts[place], fields={**parts[place].fields, name: 10 * number})
    return tuple(parts)


def _listed(snapshot):
    return "\n".join(title_of(part) for part in snapshot.parts)


def _published(base, theirs):
    """Return the keys in `theirs` of the parts of the draft `base` that have become rows since, by their old key."""
    known = {part.identity for part in base.parts}
    new = [part for part in theirs.parts if part.identity not in known]
    there = {part.identity for part in theirs.parts}
    found = {}
    for part in base.parts:
        if part.key < FIRST_DRAFT_KEY or part.identity in there:
            continue
        row = next((row for row in new if row.model is part.model and row.fields == part.fields), None)
        if row is not None:
            new.remove(row)
            found[part.identity] = row.key
    return found


def _renamed(snapshot, keys):
    parts = (replace(part, key=keys.get(part.identity, part.key)) for part in snapshot.parts)
    return replace(snapshot, parts=tuple(parts))


def _name(item, field_name):
    return f"{item.model._meta.model_name}-{item.key}-{field_name}"


def _removal_name(key):
    return f"{key[0]._meta.model_name}-{key[1]}-removed"

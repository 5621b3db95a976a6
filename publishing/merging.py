"""Two versions of one thing that were made from the same: put together, with a choice where both changed a field.

`base` is what both had opened, `theirs` what the other saved, `mine` what was set aside. A field that one
side alone changed takes that side; one that both changed differently is for the author to choose.
"""

from dataclasses import dataclass, replace

from .changes import Names, field_changes, title_of

THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Choice:
    """One field that both changed, or a part that one changed and the other removed.

    `name` is stable and fits a form field. The texts are plain.
    """

    name: str
    part: str
    label: str
    base: str
    theirs: str
    mine: str


class Merge:
    """The merge of three Snapshots. `choices` are what the author has to decide."""

    def __init__(self, base, theirs, mine):
        self.base, self.theirs, self.mine = base, theirs, mine
        self._names = Names((base, theirs, mine))
        self.choices = self._find_choices()

    def result(self, chosen):
        """Return the merged Snapshot; `chosen` maps the name of each Choice to THEIRS or MINE."""
        root = self._merged(self.base.root, self.theirs.root, self.mine.root, chosen)
        parts = []
        for key in self._order():
            base, theirs, mine = (self._part(side, key) for side in (self.base, self.theirs, self.mine))
            if theirs and mine:
                parts.append(self._merged(base or theirs, theirs, mine, chosen))
            elif base is None:
                parts.append(theirs or mine)  # one of the two has added it
            elif (kept := theirs or mine) and kept.fields != base.fields:
                side = THEIRS if theirs else MINE
                if chosen.get(_removal_name(key)) == side:
                    parts.append(kept)
        return replace(self.mine, root=root, parts=tuple(parts))

    def _find_choices(self):
        found = self._field_choices(self.base.root, self.theirs.root, self.mine.root)
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

    def _order(self):
        """Return the keys of all parts: theirs in their order, mine that are new behind the one they followed."""
        order = [_key(part) for part in self.theirs.parts]
        previous = None
        for part in self.mine.parts:
            key = _key(part)
            if key not in order:
                order.insert(order.index(previous) + 1 if previous in order else 0, key)
            previous = key
        order.extend(key for part in self.base.parts if (key := _key(part)) not in order)
        return order

    @staticmethod
    def _part(snapshot, key):
        return next((part for part in snapshot.parts if _key(part) == key), None)


def _key(item):
    return item.model, item.key


def _name(item, field_name):
    return f"{item.model._meta.model_name}-{item.key}-{field_name}"


def _removal_name(key):
    return f"{key[0]._meta.model_name}-{key[1]}-removed"

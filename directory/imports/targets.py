"""Which contact a line speaks of: one that is stored, or a new one.

By its id where it gives one; else, where the very line was taken over once, by that, since its name may have been
corrected here since; else by section and name, told apart by the title and, where that does not do, by the
number. Two lines with one name and two numbers stay two contacts: which number is right, a person decides.
"""

from collections import defaultdict

from django.utils.translation import gettext as _

from .cells import key_of_name
from .phone_cells import Kind


class Targets:
    """`of` has the key of each row's contact, by the number of its line: ("stored", pk) or ("new", …).

    `refused` has (column, sentence) for the rows of which nobody could say.
    """

    def __init__(self, rows, directory, *, adds_sections):
        self.of, self.refused = {}, {}
        self._directory, self._adds_sections = directory, adds_sections
        bunches = defaultdict(list)
        for row in rows:
            if row.contact_id:
                self._by_id(row)
            elif row.raw in directory.by_source_line:
                self.of[row.number_of_line] = ("stored", directory.by_source_line[row.raw].pk)
            elif self._has_section(row):
                bunches[key_of_name(row.values["section"]), key_of_name(row.values.get("name", ""))].append(row)
        for (section, name), bunch in bunches.items():
            self._by_title((section, name), bunch, directory.named(section, name))

    def _by_id(self, row):
        if row.contact_id not in self._directory.contacts:
            self._refuse(
                row,
                "id",
                _("There is no contact with the id %(id)d. Leave the cell empty to add it as a new one.")
                % {"id": row.contact_id},
            )
        elif not row.values.get("section") or self._has_section(row):
            self.of[row.number_of_line] = ("stored", row.contact_id)

    def _has_section(self, row):
        name = row.values.get("section", "")
        if not name:
            self._refuse(row, "section", _("Say in which section of the contact page it stands."))
        elif key_of_name(name) not in self._directory.sections and not self._adds_sections:
            sentence = _("There is no section “%(name)s”.") % {"name": name[:80]}
            if near := self._directory.section_like(name):
                sentence += " " + _("Was “%(name)s” meant?") % {"name": near}
            self._refuse(row, "section", sentence)
        elif len(name) > 120:
            self._refuse(row, "section", _("The name of a section has at most 120 characters."))
        return row.number_of_line not in self.refused

    def _by_title(self, key, rows, stored):
        titles = {title for row in rows if (title := key_of_name(row.values.get("title", "")))}
        for title in sorted({key_of_name(row.values.get("title", "")) for row in rows}):
            part = [row for row in rows if key_of_name(row.values.get("title", "")) == title]
            mine = stored
            if title:
                mine = [contact for contact in stored if key_of_name(contact.title) == title]
                if not mine and len(titles) == len(stored) == 1:
                    mine = stored  # he has another title by now
            self._by_number((*key, title), part, mine)

    def _by_number(self, key, rows, stored):
        is_nameless = not key[1]
        others, bare, apart = defaultdict(list), [], []
        for row in rows:
            having = [contact for contact in stored if row.number and row.number.value in _values_of(contact)]
            if len(having) == 1:
                self.of[row.number_of_line] = ("stored", having[0].pk)
            elif having:
                self._refuse_as_unclear(row, having)
            elif row.number is None:
                bare.append(row)
            elif _is_told_apart(row.number) and not is_nameless:
                apart.append(row)
            else:
                others[row.number.value].append(row)
        taken = {self.of.get(row.number_of_line) for row in rows}
        free = [] if is_nameless else [each for each in stored if ("stored", each.pk) not in taken]
        for value, same in others.items():
            for row in same:
                if not free:
                    self.of[row.number_of_line] = ("new", *key, value)
                elif len(free) == len(others) == 1:
                    self.of[row.number_of_line] = ("stored", free[0].pk)
                else:
                    self._refuse_as_unclear(row, free)
        self._join(key, [*bare, *apart], rows, stored)

    def _join(self, key, joining, rows, stored):
        """Give rows that only add to a contact of this name to the one that there is."""
        hosts = sorted({self.of[row.number_of_line] for row in rows if row.number_of_line in self.of})
        hosts = hosts or [("stored", contact.pk) for contact in stored] or [("new", *key, "")]
        for row in joining:
            if len(hosts) == 1:
                self.of[row.number_of_line] = hosts[0]
            else:
                self._refuse_as_unclear(row, hosts)

    def _refuse_as_unclear(self, row, candidates):
        self._refuse(
            row,
            "name",
            _("It is not clear which contact is meant (%(n)d fit). Give its id: an export of this list has it.")
            % {"n": max(2, len(candidates))},
        )

    def _refuse(self, row, column, sentence):
        self.refused[row.number_of_line] = (column, sentence)


def _values_of(contact):
    return {number.value for number in contact.numbers.all()}


def _is_told_apart(number):
    return number.kind not in (None, Kind.VOICE) or bool(number.texts.get("label"))

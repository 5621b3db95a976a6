"""The 70 rows of directory.csv as the hospital published them, and what an editor adds to them."""

import csv
from dataclasses import dataclass

from .files import CONTENT, read


@dataclass(frozen=True)
class Row:
    """One row. `line` is the row itself, untouched; `tidied_name` differs from `name` in typography only."""

    section: str
    position: int
    name: str
    title: str
    phone: str
    extension: str
    source_note: str
    line: str
    tidied_name: str
    also_known_as: tuple
    role: str
    kind: str

    @property
    def label(self):
        """Return how the other files name this row: "Programs and services 2"."""
        return f"{self.section} {self.position}"

    @property
    def number(self):
        """Return the number with its extension, as a person would write it; "" where the source gives none."""
        return f"{self.phone} ext. {self.extension}" if self.extension else self.phone


def read_rows():
    """Return every Row in the order of the source."""
    additions = {(spec["section"], spec["position"]): spec for spec in read("directory")["contacts"]}
    lines = (CONTENT / "directory.csv").read_text(encoding="utf-8").splitlines()
    rows = []
    for line, values in zip(lines[1:], csv.DictReader(lines), strict=True):
        position = int(values.pop("position"))
        added = additions.get((values["section"], position), {})
        rows.append(
            Row(
                **values,
                position=position,
                line=line,
                tidied_name=added.get("name", values["name"]),
                also_known_as=tuple(added.get("also_known_as", ())),
                role=added.get("role", ""),
                kind=added.get("kind", "voice"),
            )
        )
    return rows

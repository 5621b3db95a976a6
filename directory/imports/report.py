"""The account of an import: what became of its lines, on the page and as a file."""

import csv

from django.db.models import Count
from django.utils.translation import gettext as _

from publishing.spreadsheet_cells import plain_cell

from ..models import ImportLine

Outcome = ImportLine.Outcome
# In the order in which somebody has to look at them.
SHOWN_FIRST = (*(Outcome.REFUSED, Outcome.CHANGED, Outcome.NEW), *(Outcome.MERGED, Outcome.BLANK, Outcome.UNCHANGED))


def sums_of(run):
    """Return {Outcome: number of lines} of a run that is checked, for those that there are, in the order of Outcome."""
    found = dict(run.lines.order_by().values_list("outcome").annotate(Count("pk")))
    return {outcome: found[outcome] for outcome in Outcome if found.get(outcome)}


def write(run, file):
    """Write every line of `run` and the sums as CSV to `file`, open for text. No cell can be a formula."""
    writer = csv.writer(file)
    writer.writerow([_("Line"), _("Outcome"), _("Contact"), _("Why"), _("Changes"), _("Remarks"), _("As it came")])
    for line in run.lines.iterator(chunk_size=1000):
        row = [line.get_outcome_display(), line.title, _why(line), _changes(line), " ".join(line.remarks), line.raw]
        writer.writerow([line.number, *map(plain_cell, row)])
    sums = sums_of(run)
    writer.writerow([])
    for outcome, number in sums.items():
        writer.writerow([number, outcome.label])
    writer.writerow([sum(sums.values()), _("lines in the file")])


def _why(line):
    reasons = [f"{field}: {sentence}" if field else sentence for field, sentence in line.reasons]
    return " ".join([*reasons, *filter(None, [line.rule_told])])


def _changes(line):
    return "; ".join(f"{field}: “{old}” → “{new}”" for field, old, new in line.changes)

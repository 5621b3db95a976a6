"""What a run does by itself: it checks its file, and once somebody has confirmed, it stores and writes the search.

Each step ends in one transaction that also changes the run's state, so that a run that is killed goes on where it
was, and one that is done twice, or by two at once, is done once.
"""

import time

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from publishing import audit
from publishing.batches import batches
from publishing.models import Draft
from search.indexing import AT_ONCE, refresh

from ..models import Contact, ImportLine, ImportRun, Section
from .plan import Outcome
from .reconciling import plan_of
from .rows import understand
from .stored import StoredDirectory
from .storing import store_plan
from .tables import Line

State = ImportRun.State
ROWS_AT_ONCE = 500  # in one statement
OTHERS_MAY_TAKE = 60  # seconds that another import is waited for

_DERIVED = ["outcome", "rule", "head", "title", "reasons", "changes", "remarks", "contact_key"]


def go_on(run_pk):
    """Do all that waits for nobody. Safe to call twice, and for a run that is gone."""
    for state, step in ((State.READ, _check), (State.CONFIRMED, _store), (State.STORED, _write_search)):
        run = ImportRun.objects.filter(pk=run_pk, state=state).first()
        if run is not None:
            step(run)


def _check(run):
    lines, rows = _understood(run)
    plan = plan_of(rows, StoredDirectory(), adds_sections=run.adds_sections)
    with transaction.atomic():
        if _taken_up(run, State.READ):
            _keep_verdicts(lines, plan)
            _becomes(run, State.CHECKED, digest=plan.digest)


def _store(run):
    lines, rows = _understood(run)
    with transaction.atomic():
        _wait_for_other_imports()
        if not _taken_up(run, State.CONFIRMED):
            return
        directory = StoredDirectory()
        plan = plan_of(rows, directory, adds_sections=run.adds_sections)
        if plan.digest != run.digest or not _lock(plan):
            plan = plan_of(rows, StoredDirectory(), adds_sections=run.adds_sections)
            _keep_verdicts(lines, plan)
            _becomes(run, State.CHECKED, digest=plan.digest, changed_meanwhile=True)
            return
        store_plan(plan, directory, user=run.confirmed_by, publishes=run.publishes, source=f"Import of {run.file_name}")
        _keep_verdicts(lines, plan)
        audit.record(audit.Action.IMPORTED, user=run.confirmed_by, thing=Contact, details=_account(run, plan))
        _becomes(run, State.STORED, finished_at=timezone.now())


def _write_search(run):
    keys = sorted(set(run.lines.filter(contact_key__isnull=False).values_list("contact_key", flat=True)))
    progress = _Progress(run, len(keys))
    for batch in batches(keys, AT_ONCE):
        refresh("contact", batch)
        progress.add(len(batch))
    _becomes(run, State.DONE)


def _understood(run):
    """Return (ImportLines, Rows) of the run. Most of the time goes here, and no transaction is open."""
    lines = list(run.lines.all())
    progress, rows = _Progress(run, len(lines)), []
    for line in lines:
        rows.append(understand(Line(line.number, line.cells, line.raw), run.columns))
        progress.add(1)
    return lines, rows


def _taken_up(run, state):
    """Return whether the run is still in `state`, with its row locked."""
    return ImportRun.objects.select_for_update().filter(pk=run.pk, state=state).exists()


def _wait_for_other_imports():
    """Lock the sections: two imports at once would both add the same contacts. Editors are not kept waiting."""
    if not connection.features.has_select_for_update_nowait:
        return  # SQLite has one writer at a time anyhow
    until = time.monotonic() + OTHERS_MAY_TAKE
    while True:
        try:
            with transaction.atomic():
                list(Section.objects.select_for_update(nowait=True, no_key=True).order_by("pk"))
            return
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _lock(plan):
    """Lock the contacts that change; return whether each is still as it was when the plan was made."""
    known = {entry.contact.pk: entry.contact.changed_at for entry in plan.entries if entry.contact is not None}
    keys = sorted(known)
    found = {}
    for batch in batches(keys, ROWS_AT_ONCE):
        rows = Contact.objects.select_for_update(no_key=True).filter(pk__in=batch)
        found.update(rows.order_by("pk").values_list("pk", "changed_at"))
    kind = ContentType.objects.get_for_model(Contact)
    beside = {entry.contact.pk for entry in plan.entries if entry.contact is not None and entry.contact.published_at}
    drafted = Draft.objects.filter(content_type=kind).values_list("object_id", flat=True)
    return found == known and beside.isdisjoint(drafted)


def _keep_verdicts(lines, plan):
    for line, verdict in zip(lines, plan.verdicts, strict=True):
        line.outcome, line.rule, line.head = verdict.outcome, verdict.rule, verdict.head
        line.title, line.contact_key = verdict.title[:300], None
        line.reasons, line.changes, line.remarks = verdict.reasons, verdict.changes, verdict.remarks
        if verdict.entry is not None and verdict.entry.contact is not None and verdict.outcome != Outcome.UNCHANGED:
            line.contact_key = verdict.entry.contact.pk
    ImportLine.objects.bulk_create(
        lines, batch_size=ROWS_AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=_DERIVED
    )


def _becomes(run, state, **values):
    ImportRun.objects.filter(pk=run.pk).update(state=state, worked_at=timezone.now(), **values)


def _account(run, plan):
    sums = " + ".join(f"{number} {outcome.value}" for outcome, number in plan.sums.items() if number)
    return f"{run.file_name}: {len(plan.verdicts)} lines = {sums}"


class _Progress:
    """Tells the run's row how far it is, at most twice a second."""

    def __init__(self, run, total):
        self.run, self.done, self.told_at = run, 0, time.monotonic()
        self._tell(work_total=total)

    def add(self, number):
        self.done += number
        if time.monotonic() - self.told_at > 0.5:
            self._tell()

    def _tell(self, **values):
        self.told_at = time.monotonic()
        ImportRun.objects.filter(pk=self.run.pk).update(work_done=self.done, worked_at=timezone.now(), **values)

"""What people do with an import: they bring a file, and decide about what they were shown."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..models import ImportLine, ImportRun
from .tasks import go_on_later
from .working import go_on

State = ImportRun.State
AT_ONCE_UP_TO = 300  # lines: they take a second or two, and a person waits for the answer
STANDS_STILL_AFTER = timedelta(seconds=20)


def begin(table, *, name, user, adds_sections):
    """Keep what was read of a file as an ImportRun, and return it. Nothing is checked yet."""
    with transaction.atomic():
        run = ImportRun.objects.create(
            created_by=user,
            file_name=name[:200],
            columns=table.columns,
            other_columns=table.other_columns,
            told=[str(each) for each in table.told],
            adds_sections=adds_sections,
            work_total=len(table.lines),
        )
        ImportLine.objects.bulk_create(
            [ImportLine(run=run, number=line.number, cells=line.cells, raw=line.raw) for line in table.lines],
            batch_size=500,
        )
    return run


def start(run):
    """Have the run go on: at once where it is short, otherwise by the worker."""
    if run.work_total <= AT_ONCE_UP_TO:
        go_on(run.pk)
    else:
        go_on_later(run)


def stands_still(run, now=None):
    """Return whether nobody works on a run that ought to go on: there is no worker, or it was killed."""
    since = run.worked_at or run.created_at
    return run.works and (now or timezone.now()) - since > STANDS_STILL_AFTER


def confirm(run, *, digest, user, publishes, leaves_out_refused):
    """Note what somebody has decided about the run as `digest` says it was shown; return whether it still was so.

    False as well where lines are refused and are not to be left out: then nothing is imported.
    """
    if not leaves_out_refused and run.lines.filter(outcome=ImportLine.Outcome.REFUSED).exists():
        return False
    return bool(
        ImportRun.objects.filter(pk=run.pk, state=State.CHECKED, digest=digest).update(
            state=State.CONFIRMED,
            confirmed_by=user,
            publishes=publishes,
            leaves_out_refused=leaves_out_refused,
            changed_meanwhile=False,
            work_done=0,
            worked_at=timezone.now(),
        )
    )

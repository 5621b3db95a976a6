"""What the staff makes of a conflict: whose it is, and what is decided about it, each told once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from publishing import audit

from ..models import ConflictDecision
from .conflict import Conflict


class ChangedMeanwhileError(Exception):
    """Somebody else has decided, or the data has changed, since the one who decides has looked."""


@dataclass(frozen=True)
class Case:
    """A conflict with what was decided about it: `decision` is a ConflictDecision or None."""

    conflict: Conflict
    decision: ConflictDecision | None = None

    @property
    def is_open(self):
        """Return whether nothing has been decided about the data as it is now."""
        return self.decision is None or not self.decision.holds_for(self.conflict.digest)

    @property
    def before(self):
        """Return the decision about the data as it was before, while the conflict is open again; else None."""
        return self.decision if self.decision and self.decision.decision and self.is_open else None

    @property
    def owner(self):
        return self.decision.owner if self.decision else None

    @property
    def owner_id(self):
        return self.decision.owner_id if self.decision else None

    @property
    def seen(self):
        """Return what stands for all of it: another text once the data has changed or somebody has decided."""
        decided_at = self.decision.decided_at if self.decision else None
        return f"{self.conflict.digest}.{decided_at.timestamp() if decided_at else 0}"


def cases_of(conflicts):
    """Return the Cases of `conflicts`, in their order, in one query."""
    decisions = {each.key: each for each in ConflictDecision.objects.select_related("owner", "decided_by")}
    return [Case(conflict, decisions.get(conflict.key)) for conflict in conflicts]


@transaction.atomic
def assign(conflict, owner):
    """Have `owner`, a user or None, look after `conflict`. The last who says so counts."""
    row = _locked(conflict)
    row.owner = owner
    row.save(update_fields=["owner"])
    return Case(conflict, row)


@transaction.atomic
def decide(conflict, decision, *, reason, user, seen):
    """Store the `decision` (ConflictDecision.Decision) of `user` about `conflict` as it is now; return its Case.

    It takes the place of the one before; each stands in the audit log with its reason.
    `seen` is Case.seen as the user had it. Raises ChangedMeanwhileError where it is another one by now.
    """
    row = _locked(conflict)
    if Case(conflict, row).seen != seen:
        raise ChangedMeanwhileError
    row.digest, row.decision, row.reason = conflict.digest, decision, reason
    row.decided_by, row.decided_at = user, timezone.now()
    row.save()
    audit.record(audit.Action.DECIDED, user=user, thing=row, details=row.reason)
    return Case(conflict, row)


@transaction.atomic
def reopen(conflict, *, seen):
    """Take back what was decided about `conflict`; its owner stays. Raises ChangedMeanwhileError as `decide` does."""
    row = _locked(conflict)
    if Case(conflict, row).seen != seen:
        raise ChangedMeanwhileError
    if row.decision:
        audit.record(audit.Action.REOPENED, thing=row, details=row.reason)
    row.digest, row.decision, row.reason, row.decided_by, row.decided_at = "", "", "", None, None
    row.save()
    return Case(conflict, row)


def _locked(conflict):
    """Return the row of `conflict`, made where there is none, which nobody else changes in this transaction."""
    ConflictDecision.objects.get_or_create(key=conflict.key, defaults={"kind": conflict.kind.value})
    rows = ConflictDecision.objects.select_for_update(of=["self"]).select_related("owner", "decided_by")
    return rows.get(key=conflict.key)

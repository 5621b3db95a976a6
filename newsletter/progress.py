"""How far a mailing is, as staff see it."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from .mailings import mailing_counts
from .models import Delivery, Mailing

MOST_PROBLEMS = 20
MOST_ADDRESSES = 100

State = Delivery.State


@dataclass(frozen=True)
class Progress:
    """The counts of one mailing. `problems` are (sentence, State's label, how many), the most frequent first."""

    mailing: Mailing
    counts: dict
    problems: list

    @property
    def settled(self):
        """Return how many addresses nothing more will be sent to."""
        return self.mailing.addresses - self.counts[State.WAITING]

    @property
    def percent(self):
        """Return how much of the mailing is over, 100 only where all of it is."""
        return 100 * self.settled // self.mailing.addresses if self.mailing.addresses else 100

    @property
    def rows(self):
        """Return (word, number) of each count in the order in which they are shown."""
        stopped = self.mailing.state == Mailing.State.CANCELLED
        return [
            (_("Sent"), self.counts[State.SENT]),
            (_("Not sent, because it was stopped") if stopped else _("Waiting"), self.counts[State.WAITING]),
            (_("Refused"), self.counts[State.REFUSED]),
            (_("Left out"), self.counts[State.SKIPPED]),
            (_("Left since"), self.counts[State.LEFT]),
        ]

    @property
    def is_going(self):
        return self.mailing.state == Mailing.State.SENDING


def progress_of(mailing):
    """Return the Progress of `mailing`. What is refused or waits because of an answer stands in `problems`."""
    troubled = mailing.deliveries.exclude(problem="").order_by().values("problem", "state")
    found = troubled.annotate(number=Count("pk")).order_by("-number", "problem")[:MOST_PROBLEMS]
    problems = [(row["problem"], State(row["state"]).label, row["number"]) for row in found]
    return Progress(mailing, mailing_counts(mailing), problems)


def troubled_addresses(mailing):
    """Return the deliveries of `mailing` that were refused or are tried again, whose readers are still there."""
    rows = mailing.deliveries.filter(state__in=[State.REFUSED, State.WAITING], subscriber__isnull=False)
    return list(rows.exclude(problem="").select_related("subscriber").order_by("subscriber__email")[:MOST_ADDRESSES])

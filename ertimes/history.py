"""The past of one department's waits, as its page tells of it: three queries, each asked when the page draws it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q, Sum
from django.utils import timezone

from publishing.demonstration import without_made_up
from publishing.local_time import day_after, local_midnight

from .last_day import DAY, last_day_of
from .models import EmergencyDepartment, HourlyAccuracy, HourlyWait, Source, WaitTimeReading
from .timeline import LONGEST_SHOWN, what_was_shown
from .usual_waits import WEEKS, usual_waits_of
from .waits import Newest

COMPARED = timedelta(weeks=4)
FEWEST_PATIENTS = 20  # of fewer nothing is told: it would say little, and might tell of one of them


@dataclass(frozen=True)
class Accuracy:
    """How many patients were seen `near` the wait that was posted when they arrived, `sooner` or `later`."""

    near: int
    sooner: int
    later: int

    @property
    def patients(self):
        return self.near + self.sooner + self.later

    @property
    def enough(self):
        """Return whether it is told in numbers."""
        return self.patients >= FEWEST_PATIENTS

    @property
    def near_percent(self):
        """Return the share of `near` in whole percent, never rounded up."""
        return 100 * self.near // self.patients


@dataclass(frozen=True)
class History:
    """What the page of `department` tells of the time before `at`, an aware datetime."""

    department: EmergencyDepartment
    at: datetime

    @cached_property
    def last_day(self):
        """Return the LastDay, None where nothing was shown in it."""
        readings = WaitTimeReading.objects.up_to(self.at).filter(
            department=self.department, observed_at__gte=self.at - DAY - LONGEST_SHOWN
        )
        columns = ("source", "door_to_provider", "observed_at", "valid_for", "sample_size")
        newest = [Newest(Source(source), *facts) for source, *facts in readings.order_by().values_list(*columns)]
        return last_day_of(what_was_shown(self.department, newest), self.at, _zone())

    @cached_property
    def usual(self):
        """Return the UsualWaits of this day of the week over the WEEKS before today, None where too little is known."""
        today = self.at.astimezone(_zone()).date()
        that_day = Q()
        for weeks in range(1, WEEKS + 1):
            day = today - timedelta(weeks=weeks)
            that_day |= Q(hour__gte=local_midnight(day), hour__lt=local_midnight(day_after(day)))
        rows = without_made_up(HourlyWait.objects.filter(that_day, department=self.department))
        return usual_waits_of(rows, self.at, _zone())

    @cached_property
    def accuracy(self):
        """Return the Accuracy of the last COMPARED, None where no patient was compared."""
        hours = HourlyAccuracy.objects.filter(
            department=self.department, hour__gt=self.at - COMPARED, hour__lte=self.at
        )
        sums = without_made_up(hours).aggregate(near=Sum("near"), sooner=Sum("sooner"), later=Sum("later"))
        return None if not any(sums.values()) else Accuracy(**sums)


def _zone():
    return timezone.get_default_timezone()

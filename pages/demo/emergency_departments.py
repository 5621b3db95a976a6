import random

from directory.models import Location
from ertimes.demonstration import report_made_up_waits
from ertimes.made_up_history import make_up_history
from ertimes.models import EmergencyDepartment, WaitTimeReading

from .contacts import contact_of
from .files import read
from .storing import Tally, store


def load_emergency_departments(now):
    content = read("emergency_departments")
    new = 0
    for place, spec in enumerate(content["departments"], start=1):
        _, is_new = store(
            EmergencyDepartment,
            {"slug": spec["slug"]},
            name=spec["name"],
            location=Location.objects.get(slug=spec["location"]),
            contact=contact_of(spec.get("contact")),
            position=place * 10,
            published_at=now,
            **content["definition"],
        )
        new += is_new
    return Tally("emergency departments", len(content["departments"]), new)


def report_first_waits(now):
    """Give each department a made-up past and wait where nothing was ever reported, so that all is alive at once."""
    make_up_history(now)
    if not WaitTimeReading.objects.exists():
        report_made_up_waits(now, random.Random(now.timestamp()))  # noqa: S311 (no secret depends on it)

"""Made-up people on the way, for the demonstration only, so that the board of the staff shows something."""

import secrets
from contextlib import suppress
from datetime import timedelta

from .arrivals import TooManyNoticesError, tell
from .models import ArrivalNotice, EmergencyDepartment

LATE_FOR = timedelta(hours=1)  # so long a made-up notice stays after its time
COMING = [  # in how many minutes, initials, wheelchair, interpreter
    (8, "A. L.", True, ""),
    (25, "J.", False, "es"),
    (50, "M. R.", False, ""),
]


def keep_somebody_on_the_way(at):
    """Have made-up people come to the first department wherever nobody made up is still to come at `at`."""
    made_up = ArrivalNotice.objects.filter(demonstration=True)
    made_up.filter(expected_at__lte=at - LATE_FOR).delete()
    department = EmergencyDepartment.objects.published(at).first()
    if department is None or made_up.filter(expected_at__gt=at).exists():
        return
    for minutes, name, wheelchair, interpreter in COMING:
        with suppress(TooManyNoticesError):
            tell(
                department=department,
                nonce=f"demonstration-{secrets.token_urlsafe(16)}",
                sender="",
                arriving_in=timedelta(minutes=minutes),
                name=name,
                wheelchair=wheelchair,
                interpreter=interpreter,
                demonstration=True,
            )

"""Prints the dates of the events to come as the database has them, one a line: see docs/calendar-files.md.

Run by `manage.py shell -v0 < docs/examples/our_dates.py` with FIRST and LAST in the environment.
"""

import os

from django.utils import timezone

from events.models import DateStatus, EventDate

lines = set()
for each in EventDate.objects.of_published().filter(event__ends_at__gt=timezone.now()).select_related("event"):
    local = timezone.localtime(each.starts_at)
    if os.environ["FIRST"] <= str(local.date()) <= os.environ["LAST"]:
        status = "" if each.status == DateStatus.ON else f"{DateStatus(each.status).label}: "
        lines.add(f"{local.date()}{'' if each.all_day else f' {local:%H:%M}'} {status}{each.event.title}")

print("\n".join(sorted(lines)))

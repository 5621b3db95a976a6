from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import migrations
from django.utils import timezone

AT_ONCE = 500


def fill_days(apps, schema_editor):
    """Write of each date its first and last day in the hospital's calendar; how long it goes on its own clock tells."""
    dates = apps.get_model("events", "EventDate").objects
    ours = timezone.get_default_timezone()
    of_days = {}
    for date in dates.select_related("event").only("starts_at", "ends_at", "has_end", "event__zone").iterator():
        zone = ZoneInfo(date.event.zone) if date.event.zone else ours
        start, end = date.starts_at.astimezone(zone), date.ends_at.astimezone(zone)
        last = end if date.has_end else end - timedelta(minutes=1)
        on_day = date.starts_at.astimezone(ours).date()
        of_days.setdefault((on_day, on_day + (last.date() - start.date())), []).append(date.pk)
    for (on_day, until_day), keys in of_days.items():
        for begin in range(0, len(keys), AT_ONCE):
            dates.filter(pk__in=keys[begin : begin + AT_ONCE]).update(on_day=on_day, until_day=until_day)


class Migration(migrations.Migration):
    dependencies = [("events", "0011_days_by_the_hospitals_calendar")]

    operations = [migrations.RunPython(fill_days, migrations.RunPython.noop)]

"""Each event with a day takes place on a date, as a row. A price that was only “Free” says so by its own field."""

from django.db import migrations


def write_dates(apps, schema_editor):
    """Give each event with a day its one date, and say that it is free where the price said so."""
    events, dates = (apps.get_model("events", name).objects for name in ("Event", "EventDate"))
    made = (
        dates.model(
            event_id=event.pk,
            day=event.first_day,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            has_end=event.end_time is not None,
            changed_at=event.changed_at,
        )
        for event in events.filter(starts_at__isnull=False).iterator()
    )
    dates.bulk_create(made, batch_size=500)
    events.filter(price__iexact="free").update(free=True, price="")


class Migration(migrations.Migration):
    dependencies = [("events", "0005_dates_series_and_registrations")]

    operations = [migrations.RunPython(write_dates, migrations.RunPython.noop)]

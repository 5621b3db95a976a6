from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("events", "0012_fill_days_by_the_hospitals_calendar")]

    operations = [
        migrations.AlterField("eventdate", "on_day", models.DateField(editable=False)),
        migrations.AlterField("eventdate", "until_day", models.DateField(editable=False)),
        migrations.AddIndex(
            "eventdate", models.Index(fields=["event", "ends_at", "starts_at"], name="events_date_next_of_event")
        ),
        migrations.AddIndex(
            "eventdate", models.Index(fields=["starts_at", "id", "ends_at", "event"], name="events_date_in_order")
        ),
        migrations.AddIndex(
            "eventdate",
            models.Index(fields=["on_day", "starts_at", "id", "event", "until_day"], name="events_date_by_day"),
        ),
        migrations.AddIndex(
            "eventdate",
            models.Index(
                fields=["starts_at", "ends_at"],
                condition=Q(until_day__gt=F("on_day")),
                name="events_date_several_days",
            ),
        ),
        migrations.AddIndex(
            "event",
            models.Index(fields=["title", "id"], condition=Q(starts_at=None), name="events_event_without_a_day"),
        ),
    ]

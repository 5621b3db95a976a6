from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0010_order_of_events")]

    operations = [
        migrations.AddField("eventdate", "on_day", models.DateField(null=True, editable=False)),
        migrations.AddField("eventdate", "until_day", models.DateField(null=True, editable=False)),
    ]

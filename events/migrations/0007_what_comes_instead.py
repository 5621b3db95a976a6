from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0006_a_date_for_each_event")]

    operations = [
        migrations.AddField(
            model_name="serieschange",
            name="first_day",
            field=models.DateField(
                default=date(2000, 1, 1), help_text="Of what comes instead.", verbose_name="first day"
            ),
            preserve_default=False,
        ),
    ]

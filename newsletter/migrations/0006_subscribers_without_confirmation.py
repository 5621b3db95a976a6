from django.db import migrations


class Migration(migrations.Migration):
    """Which list was confirmed, and in which words, stands with the lists now."""

    dependencies = [("newsletter", "0005_subscribers_have_lists")]

    operations = [
        migrations.RemoveField(model_name="subscriber", name="confirmed_at"),
        migrations.RemoveField(model_name="subscriber", name="consent"),
    ]

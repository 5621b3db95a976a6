import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0004_audit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MissingAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(editable=False, max_length=200, unique=True, verbose_name="address")),
                ("count", models.PositiveIntegerField(default=0, editable=False, verbose_name="asked for")),
                ("first_seen_on", models.DateField(editable=False, verbose_name="first")),
                ("last_seen_on", models.DateField(editable=False, verbose_name="last")),
                ("ignored", models.BooleanField(default=False, verbose_name="ignored")),
            ],
            options={
                "verbose_name": "missing address",
                "verbose_name_plural": "missing addresses",
                "ordering": ["-count", "-last_seen_on", "pk"],
                "default_permissions": ["view", "change", "delete"],
                "indexes": [models.Index(fields=["ignored", "-count"], name="publishing_most_missed")],
            },
        ),
        migrations.CreateModel(
            name="Redirect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "old_path",
                    models.CharField(
                        help_text="As it stood after the site's name: /news/old-clinic/. Followed only where there is no page.",
                        max_length=300,
                        unique=True,
                        verbose_name="old address",
                    ),
                ),
                (
                    "new_path",
                    models.CharField(
                        help_text="A page of this site as /news/new-clinic/, or an address that begins with https://.",
                        max_length=500,
                        verbose_name="new address",
                    ),
                ),
                ("made_by_hand", models.BooleanField(default=False, editable=False, verbose_name="made by hand")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="made"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "redirect",
                "verbose_name_plural": "redirects",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["new_path"], name="publishing_redirect_new_path")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old_path", models.F("new_path")), _negated=True),
                        name="publishing_redirect_leads_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("old_path__startswith", "/")), name="publishing_redirect_of_this_site"
                    ),
                ],
            },
        ),
    ]

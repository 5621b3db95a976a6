import django.utils.timezone
from django.db import migrations, models

POSTGRESQL = """
CREATE FUNCTION publishing_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is only added to: its entries are never changed or deleted.';
END $$;
CREATE TRIGGER publishing_audit_append_only BEFORE UPDATE OR DELETE ON publishing_auditentry
    FOR EACH ROW EXECUTE FUNCTION publishing_audit_refuse();
"""
POSTGRESQL_BACK = """
DROP TRIGGER publishing_audit_append_only ON publishing_auditentry;
DROP FUNCTION publishing_audit_refuse();
"""
# Not against DELETE: that is how Django empties a table of SQLite between two tests.
SQLITE = """
CREATE TRIGGER publishing_audit_append_only BEFORE UPDATE ON publishing_auditentry
BEGIN SELECT RAISE(ABORT, 'The audit log is only added to: its entries are never changed or deleted.'); END
"""
SQLITE_BACK = "DROP TRIGGER publishing_audit_append_only"


def refuse_changes(apps, schema_editor):
    """Have the database itself refuse what the model refuses."""
    sql = {"postgresql": POSTGRESQL, "sqlite": SQLITE}.get(schema_editor.connection.vendor)
    if sql:
        schema_editor.execute(sql, params=None)


def allow_changes(apps, schema_editor):
    sql = {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}.get(schema_editor.connection.vendor)
    if sql:
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="when")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("scheduled", "Scheduled"),
                            ("unpublished", "Unpublished"),
                            ("archived", "Archived"),
                            ("deleted", "Deleted"),
                            ("restored", "Restored"),
                            ("recovered", "Recovered"),
                            ("merged", "Merged"),
                            ("discarded", "Draft thrown away"),
                            ("submitted", "Submitted for review"),
                            ("approved", "Approved"),
                            ("sent back", "Sent back"),
                            ("replaced", "File replaced"),
                            ("permission changed", "Permission changed"),
                            ("password changed", "Password changed"),
                            ("login", "Logged in"),
                            ("login failed", "Login failed"),
                            ("logout", "Logged out"),
                            ("exported", "Exported"),
                            ("imported", "Imported"),
                            ("preview shared", "Preview shared"),
                            ("preview revoked", "Preview revoked"),
                            ("redirect made", "Redirect made"),
                            ("redirect removed", "Redirect removed"),
                        ],
                        max_length=30,
                        verbose_name="what",
                    ),
                ),
                ("user_pk", models.BigIntegerField(blank=True, null=True, verbose_name="user number")),
                ("user_name", models.CharField(blank=True, max_length=150, verbose_name="who")),
                ("thing_model", models.CharField(blank=True, max_length=100, verbose_name="kind of thing")),
                ("thing_pk", models.CharField(blank=True, max_length=64, verbose_name="number of the thing")),
                ("thing_title", models.CharField(blank=True, max_length=250, verbose_name="thing")),
                ("details", models.TextField(blank=True, verbose_name="details")),
            ],
            options={
                "verbose_name": "audit log entry",
                "verbose_name_plural": "audit log",
                "ordering": ["-at", "-pk"],
                "default_permissions": ["view"],
                "indexes": [models.Index(fields=["thing_model", "thing_pk"], name="publishing_audit_thing")],
            },
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]

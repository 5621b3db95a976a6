"""Five years of ER readings: `python -m benchmarks.er_history [--rows 5260000] [--small 10000]`.

Fills an empty database with readings of ten departments, one every five minutes: SQLite in a temporary folder, or
the PostgreSQL that DATABASE_URL names, which must be empty. Times pages, lists and jobs at `--small` and then at
`--rows` readings, prints both with their ratio, and how the database looks for what they ask.
"""

import argparse
import io
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

DEPARTMENTS = 10
HOUR = timedelta(hours=1)
RUNS = 9


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_260_000)
    parser.add_argument("--small", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="er-history-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "backus_site.settings"
        (Path(folder) / "static").mkdir()
        django.setup()
        run(options)


def run(options):
    from django.core.management import call_command
    from django.test import override_settings
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    departments = make_departments()
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    afresh = override_settings(
        HISTORY_KEPT_FOR=timedelta(0),
        WAITS_KEPT_FOR=timedelta(0),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    )
    with afresh:
        # The newest first, so that both sizes have the same last days.
        began = time.monotonic()
        fill(now, 0, options.small)
        fill_hours(departments, now)
        print(f"{options.small:,} readings: {time.monotonic() - began:.0f} s to fill")
        small = measure(departments)
        began = time.monotonic()
        fill(now, options.small, options.rows)
        analyze()
        print(f"{options.rows:,} readings: {time.monotonic() - began:.0f} s to fill")
        began = time.monotonic()
        out = io.StringIO()
        call_command("summarize_waits", stdout=out)
        print(f"All hours summed up: {time.monotonic() - began:.0f} s ({out.getvalue().strip()})")
        large = measure(departments)
        print(f"\n{'':34}{options.small:>12,}{options.rows:>12,}   ratio")
        for name, seconds in large.items():
            print(f"{name:34}{1000 * small[name]:9.1f} ms{1000 * seconds:9.1f} ms{seconds / small[name]:8.2f}")
        show_plans(departments)


def make_departments():
    from tests.factories import create_department

    return [create_department() for _ in range(DEPARTMENTS)]


# What differs from row to row, of the reading number `i` before `newest` (seconds since 1970) of a department `d`.
# One in a thousand is of staff, one in ten thousand was withdrawn.
TOLD = {
    "sqlite": {
        "observed_at": "strftime('%%Y-%%m-%%d %%H:%%M:%%S', {newest} - 300 * i, 'unixepoch')",
        "door_to_provider": "(8 + abs(random() %% 68)) * 60000000",
        "sample_size": "2 + abs(random() %% 11)",
        "source": "CASE abs(random() %% 1000) WHEN 0 THEN 'staff' ELSE 'feed' END",
        "state": "CASE abs(random() %% 10000) WHEN 0 THEN 'withdrawn' ELSE 'shown' END",
    },
    "postgresql": {
        "observed_at": "to_timestamp({newest} - 300 * i)",
        "door_to_provider": "(8 + floor(68 * random())) * interval '1 minute'",
        "sample_size": "2 + floor(11 * random())",
        "source": "CASE WHEN random() < 0.001 THEN 'staff' ELSE 'feed' END",
        "state": "CASE WHEN random() < 0.0001 THEN 'withdrawn' ELSE 'shown' END",
    },
}
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT {start} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {end}) ",
    "postgresql": "WITH n AS (SELECT generate_series({start}, {end} - 1) AS i) ",
}


def fill(now, start, end):
    """Store the readings number `start` to `end`, counted back from `now`; the tenth part of them a department.

    The database makes them up itself: handed over row by row they would take ten times as long.
    """
    from django.db import connection

    from ertimes.models import WaitTimeReading

    told = {"department_id": "d.id", **TOLD[connection.vendor]}
    defaults = {field.column: field.get_default() for field in WaitTimeReading._meta.concrete_fields}
    constants = {column: value for column, value in defaults.items() if column not in {"id", *told}}
    columns = [*told, *constants]
    values = [*told.values(), *["%s"] * len(constants)]
    insert = " ".join(
        [
            f"INSERT INTO ertimes_waittimereading ({', '.join(columns)})",
            NUMBERS[connection.vendor],
            f"SELECT {', '.join(values)} FROM n CROSS JOIN ertimes_emergencydepartment d",  # noqa: S608  only our own columns
        ]
    )
    numbers = {"start": start // DEPARTMENTS, "end": end // DEPARTMENTS, "newest": int(now.timestamp())}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        else:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -400000")
        cursor.execute(insert.format(**numbers), list(constants.values()))


def fill_hours(departments, now):
    """Give each department its sums of eight weeks, as the job would have made them."""
    from ertimes.full_hours import full_hour
    from ertimes.models import HourlyAccuracy, HourlyWait

    wait = timedelta(minutes=30)
    facts = {"readings": 12, "total": 12 * wait, "shortest": wait, "longest": wait, "patients": 60}
    hours = [full_hour(now) - number * HOUR for number in range(57 * 24)]
    HourlyWait.objects.bulk_create(
        HourlyWait(department=department, hour=hour, **facts) for department in departments for hour in hours
    )
    HourlyAccuracy.objects.bulk_create(
        HourlyAccuracy(department=department, hour=hour, near=3, sooner=1, later=1)
        for department in departments
        for hour in hours[: 28 * 24]
    )


def analyze():
    """Let PostgreSQL learn what is in the table, as its autovacuum does in time."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE ertimes_waittimereading")


def asked(departments):
    """Return {name: function without arguments} of all that is timed."""
    from django.db import transaction
    from django.test import Client

    from ertimes.hours import summarize_recent
    from ertimes.retention import delete_old_readings
    from tests.factories import create_superuser

    visitor, staff = Client(), Client()
    staff.force_login(create_superuser())
    year = datetime.now(UTC).year

    def page(client, address):
        def get():
            response = client.get(address)
            if response.status_code != 200:
                sys.exit(f"{address}: {response.status_code}")

        return get

    def undone(job):
        def work():
            with transaction.atomic():
                job()
                transaction.set_rollback(True)

        return work

    readings = "/admin/ertimes/waittimereading/"
    return {
        "board": page(visitor, "/er/"),
        "one department with its charts": page(visitor, departments[0].get_absolute_url()),
        "open data": page(visitor, "/er/wait-times.json"),
        "home page": page(visitor, "/"),
        "list of readings": page(staff, readings),
        "  its last page": page(staff, f"{readings}?p=100"),
        "  of a department": page(staff, f"{readings}?department__id__exact={departments[3].pk}"),
        "  of staff": page(staff, f"{readings}?source__exact=staff"),
        "  of what was withdrawn": page(staff, f"{readings}?state__exact=withdrawn"),
        "  of what is held": page(staff, f"{readings}?state__exact=held"),
        "  of a year": page(staff, f"{readings}?observed_at__gte={year}-01-01&observed_at__lt={year + 1}-01-01"),
        "list of departments": page(staff, "/admin/ertimes/emergencydepartment/"),
        "staff's front page": page(staff, "/admin/"),
        "job: sum up ER waits": undone(summarize_recent),
        "job: delete old ER readings": undone(delete_old_readings),
    }


def measure(departments):
    """Return {name: seconds} of what is asked: the quickest of RUNS, which other work on the machine disturbs least."""
    seconds = {}
    for name, function in asked(departments).items():
        function()
        runs = []
        for _ in range(RUNS):
            began = time.monotonic()
            function()
            runs.append(time.monotonic() - began)
        seconds[name] = min(runs)
    return seconds


def show_plans(departments):
    """Print how the database looks for what is asked of the large table."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seen = set()
    for name, function in asked(departments).items():
        with CaptureQueriesContext(connection) as queries:
            function()
        for query in queries.captured_queries:
            sql = query["sql"]
            shape = (name, sql[:80])
            if not sql.startswith("SELECT") or "ertimes_waittimereading" not in sql or shape in seen:
                continue
            seen.add(shape)
            print(f"\n{name} ({1000 * float(query['time']):.0f} ms): {sql[:110]}…")
            print("\n".join(f"    {line}" for line in plan(sql)))


def plan(sql):
    from django.db import connection

    explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        cursor.execute(explain + sql.replace("%", "%%"))
        rows = cursor.fetchall()
    told = ("SCAN", "SEARCH", "TEMP", "Scan", "Sort", "Aggregate")
    return [str(row[-1]) for row in rows if any(word in str(row[-1]) for word in told)]


if __name__ == "__main__":
    main()

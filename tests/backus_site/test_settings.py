"""Settings that stop the start where they are wrong, with a sentence that says what to set."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from backus_site.sqlite_options import sqlite_options

PRODUCTION = {
    "PRODUCTION": "true",
    "SECRET_KEY": "made-up-key-of-a-test-" + "x0-" * 20,
    "DATABASE_URL": "postgres://backus:secret@db.example.org:5432/backus",
    "SITE_URL": "https://www.example.org",
    "EMAIL_URL": "smtp+tls://backus:secret@mail.example.org:587",
    "HOSPITAL_ADDRESS": "1 Example Street, Norwich, CT 06360",
}


def check(folder, *options, **environ):
    """Run `manage.py check` with nothing but `environ` set; return (exit code, everything it said)."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check", *options],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_without_any_environment_the_local_site_starts(tmp_path):
    code, said = check(tmp_path)

    assert (code, said) == (0, "System check identified no issues (0 silenced).\n")
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("folder", ["media", "media/attic", "static/attic", "media/x/../attic"])
def test_an_attic_that_visitors_can_open_is_refused(tmp_path, folder):
    code, said = check(tmp_path, ATTIC_ROOT=str(tmp_path / folder))

    assert code == 1
    assert said.strip().endswith("which visitors can open: move it.")


@pytest.mark.parametrize("days", ["6", "36501"])
def test_readings_are_kept_for_a_week_at_least(tmp_path, days):
    code, said = check(tmp_path, READINGS_KEPT_DAYS=days)

    assert code == 1
    assert said.strip().endswith(
        f"READINGS_KEPT_DAYS is {days}: it must be from 7, for late readings still count, to 36500."
    )


def test_production_with_all_that_it_needs_passes_the_checks_for_deployment(tmp_path):
    code, said = check(tmp_path, "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (code, said) == (0, "System check identified no issues (0 silenced).\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set: 50 random characters or more, kept secret."),
        ({"SITE_URL": ""}, "SITE_URL must be set: the public address, such as https://www.example.org."),
        ({"SITE_URL": "http://www.example.org"}, "it must start with https:// in production."),
        ({"DATABASE_URL": ""}, "DATABASE_URL must be set: postgres://user:password@host:5432/name."),
        (
            {"DATABASE_URL": "sqlite:////tmp/site.sqlite3"},
            "DATABASE_URL must name a PostgreSQL database in production.",
        ),
        ({"EMAIL_URL": ""}, "EMAIL_URL must be set: smtp+tls://user:password@host:587."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds '*': name the hosts, so that no forged one is answered."),
        ({"DEBUG": "true"}, "PRODUCTION and DEBUG are both on: unset DEBUG."),
    ],
    ids=["key", "url", "http", "database", "sqlite", "mail", "hosts", "debug"],
)
def test_production_refuses_what_is_missing_or_wrong(tmp_path, change, sentence):
    code, said = check(tmp_path, **{**PRODUCTION, **change})

    assert code == 1
    last = said.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert last.endswith(sentence)


@pytest.mark.parametrize(
    ("version", "journal"),
    [((3, 40, 1), "DELETE"), ((3, 51, 2), "DELETE"), ((3, 51, 3), "WAL"), ((3, 52, 0), "WAL"), ((4, 0, 0), "WAL")],
)
def test_sqlite_writes_ahead_only_where_that_is_safe(version, journal):
    assert sqlite_options(version) == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }

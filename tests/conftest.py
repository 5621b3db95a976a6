"""What every test stands on: a folder of its own for all that the site writes, and settings that make tests quick.

DATA_DIR must be known before the settings are loaded. So this file names the settings, too: named in
pyproject.toml, pytest-django would load them before this file is read.
"""

# ruff: noqa: E402  the settings need their folder first

import gc
import os
import shutil
import tempfile
from datetime import timedelta

OWN_DATA_DIR = None
if "DATA_DIR" not in os.environ:  # `make test` gives one
    OWN_DATA_DIR = os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="backus-tests-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backus_site.settings")

import django
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

django.setup()

# The same cases on every run, and none kept in the project's folder.
hypothesis_settings.register_profile(
    "backus",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("backus")


def pytest_collection_modifyitems(config, items):
    """Leave out on SQLite what is about several writers at once, on PostgreSQL what asks no database or need not.

    SQLite has one writer, and in memory one connection.
    """
    kept = needs_no_other_writer if connection.vendor == "sqlite" else must_ask_postgresql
    config.hook.pytest_deselected(items=[item for item in items if not kept(item)])
    items[:] = [item for item in items if kept(item)]


def pytest_collection_finish(session):
    """Let Python look for rubbish less often, and never again in what all the tests stand on, which stays anyhow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def needs_no_other_writer(item):
    return item.get_closest_marker("several_writers") is None


def must_ask_postgresql(item):
    if item.get_closest_marker("either_database"):
        return False
    fixtures = {"db", "transactional_db", "django_db_setup"}
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(item.fixturenames)


def pytest_unconfigure(config):
    if OWN_DATA_DIR is not None:
        shutil.rmtree(OWN_DATA_DIR, ignore_errors=True)


# Each request is watched for queries that repeat from row to row (N+1). Once: they are the same on PostgreSQL,
# and watching takes as long again as the requests.
WATCHING = ["zeal.middleware.zeal_middleware"] if connection.vendor == "sqlite" else []


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests(tmp_path_factory):
    """Keep all files in temporary folders, hash passwords quickly and only note the tasks that are enqueued."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    overrides = {
        "MEDIA_ROOT": folder / "media",
        "STATIC_ROOT": folder / "static",
        "ATTIC_ROOT": folder / "attic",
        "STORAGES": {
            **settings.STORAGES,
            # As in production, so that a page that names a missing file fails, but without the slow compression.
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
        },
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "TASKS": {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}},
        "WAITS_KEPT_FOR": timedelta(0),
        "HISTORY_KEPT_FOR": timedelta(0),
        "PHONE_LIST_KEPT_FOR": timedelta(0),
        "DIRECTORY_DATA_KEPT_FOR": timedelta(0),
        "EVENT_CALENDARS_KEPT_FOR": timedelta(0),
        "EVENT_CHOICES_KEPT_FOR": timedelta(0),
        # Each test has a client of its own, which would list all static files again.
        "WHITENOISE_AUTOREFRESH": True,
        "COUNTS_STORED_EVERY": None,  # no thread of its own writes beside a test
        "MIDDLEWARE": [*settings.MIDDLEWARE, *WATCHING],
        # Django's own formsets look each posted row up by itself.
        "ZEAL_ALLOWLIST": [{"model": "pages.*Block", "field": "get()"}],
    }
    with override_settings(**overrides):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files(settings_for_tests):
    """Collect the static files as a release does."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def zeal(settings_for_tests):
    """Let zeal see every relation that is followed."""
    if not WATCHING:
        return
    from zeal.constants import initialize_app_registry
    from zeal.patch import patch

    initialize_app_registry()
    patch()

import pytest
from django.db import transaction

from .loaded_at import LOADED_AT


@pytest.fixture(scope="package")
def report(django_db_setup, django_db_blocker, settings_for_tests):
    """Load the demonstration at LOADED_AT once for all tests of this package; yield the Report.

    Loading takes seconds. Each test's own changes are rolled back after it as usual, for its transaction
    lies within this one.
    """
    # This file is read before the apps are, so models are imported only here.
    from pages.demo.loading import load_demonstration

    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demonstration(now=LOADED_AT)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(report, db):
    """Return the Report of a load that the test may change after."""
    return report

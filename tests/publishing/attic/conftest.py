"""Folders of a test's own, and the moment of the commit."""

import pytest


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ATTIC_ROOT = tmp_path / "attic"


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A context at whose end what is waiting for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)

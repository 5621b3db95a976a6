from functools import partial

import pytest


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return what makes a block one transaction, as far as what follows its commit."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def worker(settings):
    """Have tasks done at once, as soon as their transaction is committed."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

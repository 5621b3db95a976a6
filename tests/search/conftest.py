"""What several tests of the search need."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from tests.factories import create_editor


@pytest.fixture
def editor(client):
    """A news editor, logged in: the role that keeps the words of the search."""
    call_command("ensure_roles", verbosity=0)
    editor = create_editor()
    editor.groups.add(Group.objects.get(name="News editor"))
    client.force_login(editor)
    return editor

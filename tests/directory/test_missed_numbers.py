"""From words that the box of the phone list does not know to a lay word that it does."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from search.missed import missed_searches
from search.models import MissedSearch
from search.rebuilding import rebuild
from tests.factories import create_contact, create_editor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(client):
    """A news editor, logged in: the role that keeps the words of the search."""
    call_command("ensure_roles", verbosity=0)
    editor = create_editor()
    editor.groups.add(Group.objects.get(name="News editor"))
    return editor


def typed(client, words):
    """Return whether the box shows a number for `words`, asked as it asks while somebody types."""
    answer = client.get("/contact/", {"q": words}, headers={"HX-Request": "true"})
    return "Anticoagulation Clinic" in answer.text


def test_words_that_found_nothing_become_a_lay_word_and_find_the_number(client, editor, settings):
    settings.COUNTS_STORED_EVERY = None
    create_contact(name="Anticoagulation Clinic", number="860-892-2711")
    rebuild()
    missed_searches.flush()  # what other tests have counted in this process
    MissedSearch.objects.all().delete()
    for _visitor in range(3):
        assert [typed(client, words) for words in ("skinn", "skinny blood", "8601234567")] == [False] * 3
    missed_searches.flush()

    client.force_login(editor)
    missed = client.get("/admin/search/missedsearch/").text
    [click] = re.findall(r'href="(/admin/search/layword/add/[^"]+)"', missed)
    form = client.get(click).context["adminform"].form
    saved = client.post(
        click, {"words": form.initial["words"], "means": "anticoagulation clinic", "language": "en"}, follow=True
    )
    client.logout()

    assert form.initial["words"] == "skinny blood"
    assert saved.status_code == 200
    assert typed(client, "skinny blood")

"""The judged queries, typed into the box of the phone list over the demonstration's content."""

import re
from collections import Counter

import pytest
import time_machine

from directory.models import Contact
from search.rebuilding import rebuild
from search.starter import load_starter

from .judged_contacts import JUDGED, LEFT_OUT, read_judged, rows_of
from .loaded_at import LOADED_AT

RIGHT_AT_FIRST = 0.95
AT_LEAST = {
    "name": 40,
    "lay": 90,
    "typo": 30,
    "partial": 10,
    "person": 15,
    "tty": 6,
    "number": 15,
    "extension": 8,
    "spanish": 60,
}
JUDGED_QUERIES = read_judged()


@pytest.fixture(scope="module")
def indexed(report, django_db_blocker):
    """The index of the demonstration with the starter list of lay words; gone with the package's transaction."""
    with django_db_blocker.unblock():
        load_starter()
        rebuild()


@pytest.fixture
def typed(indexed, db, client):
    """Return a function from what is typed and the page's language to the names that the box shows, in its order."""
    names = dict(Contact.objects.values_list("pk", "name"))

    def type_in(query, language):
        prefix = "" if language == "en" else f"/{language}"
        with time_machine.travel(LOADED_AT, tick=False):
            answer = client.get(f"{prefix}/contact/", {"q": query}, headers={"HX-Request": "true"})
        if "contact-sections" in answer.text:
            return []  # the whole list: nothing was understood
        return [names[int(pk)] for pk in re.findall(r'id="contact-(\d+)"', answer.text)]

    return type_in


@pytest.mark.parametrize("group", AT_LEAST)
def test_the_box_shows_the_right_contact_first(typed, group):
    judged = [each for each in JUDGED_QUERIES if each.group == group]

    shown = {(each.query, each.language): typed(each.query, each.language)[:3] for each in judged}

    wrong = [(each, shown[each.query, each.language]) for each in judged if not _is_right(each, shown)]
    assert len(wrong) <= (1 - RIGHT_AT_FIRST) * len(judged), [(each.query, names) for each, names in wrong]


def _is_right(judged, shown):
    return shown[judged.query, judged.language][:1] in [[name] for name in judged.names]

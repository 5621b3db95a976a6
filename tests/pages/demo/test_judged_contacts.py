"""The judged queries, typed into the box of the phone list over the demonstration's content."""

import re
from collections import Counter

import pytest
import time_machine

from directory.models import Contact
from directory.views.contacts import FOUND_AT_ONCE
from search.engine import find
from search.rebuilding import rebuild
from search.starter import load_starter
from tests.search.test_lay_words import emergencies

from .judged_contacts import LEFT_OUT, read_judged, rows_of
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
EMERGENCY = [["Emergency Department"], ["Norwich Backus Emergency Care Center"]]
JUDGED_QUERIES = read_judged()


@pytest.fixture(scope="module")
def indexed(report, django_db_blocker):
    """The index of the demonstration with the starter list of lay words; gone with the package's transaction."""
    with django_db_blocker.unblock():
        load_starter()
        rebuild()


@pytest.fixture
def typed(indexed, db):
    """Return a function from what is typed and the page's language to the names that the box finds, the best first."""

    def type_in(query, language):
        with time_machine.travel(LOADED_AT, tick=False):
            return [result.row.title for result in find(query, language=language, among=["contact"]).results]

    return type_in


@pytest.mark.parametrize("group", AT_LEAST)
def test_the_box_shows_the_right_contact_first(typed, group):
    judged = [each for each in JUDGED_QUERIES if each.group == group]

    shown = {(each.query, each.language): typed(each.query, each.language)[:3] for each in judged}

    wrong = [(each, shown[each.query, each.language]) for each in judged if not _is_right(each, shown)]
    assert len(wrong) <= (1 - RIGHT_AT_FIRST) * len(judged), [(each.query, names) for each, names in wrong]


@pytest.mark.parametrize(
    ("query", "language"), [("care", "en"), ("8608898331", "en"), ("cardiolgy", "en"), ("cita", "es")]
)
def test_the_page_shows_what_was_found_in_its_order(typed, client, query, language):
    with time_machine.travel(LOADED_AT, tick=False):
        page = client.get(f"{'/es' if language == 'es' else ''}/contact/", {"q": query})

    shown = re.findall(r'id="contact-(\d+)"', page.text)
    names = dict(Contact.objects.values_list("pk", "name"))
    assert [names[int(pk)] for pk in shown] == typed(query, language)[:FOUND_AT_ONCE]


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_has_no_time_sees_the_emergency_department_first(typed, language):
    first = {complaint: typed(complaint, language)[:1] for complaint in emergencies(language)}

    assert {each: names for each, names in first.items() if names not in EMERGENCY} == {}


def test_the_words_are_enough_of_every_sort_and_none_stands_twice():
    groups = Counter(each.group for each in JUDGED_QUERIES)
    times = Counter((each.query.casefold(), each.language) for each in JUDGED_QUERIES)

    assert {group: count for group, count in groups.items() if count < AT_LEAST[group]} == {}
    assert [key for key, count in times.items() if count > 1] == []


def test_every_name_that_is_right_is_on_the_list(report, db):
    public = set(Contact.objects.published(LOADED_AT).values_list("name", flat=True))

    assert {name for each in JUDGED_QUERIES for name in each.names} - public == set()


def test_what_was_left_out_has_its_reason_and_is_not_judged():
    left_out = rows_of(LEFT_OUT)

    assert [row for row in left_out if not row["why"]] == []
    assert {row["query"] for row in left_out} & {each.query for each in JUDGED_QUERIES} == set()


def _is_right(judged, shown):
    return shown[judged.query, judged.language][:1] in [[name] for name in judged.names]

"""Both databases find alike, and as the words of an expression say."""

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from search.expressions import All, Phrase, Some
from search.models import Entry
from search.stores import postgresql, store

pytestmark = pytest.mark.django_db

STEMS = ["a", "ab", "abc", "b", "0", "ñu", "病院", "a病"]
# Of each entry: the texts that are names, the further texts, and its marks.
TEXTS = [
    ([["a"]], [], {"k:x", "v:en"}),
    ([["a", "b"]], [], {"k:x", "v:en", "v:es", "x:fr"}),
    ([["b", "a"]], [["ab"]], {"k:y", "v:en"}),
    ([["ab"], ["a"]], [["b", "abc"]], {"k:y", "v:es", "t:its"}),
    ([["a"], ["b"]], [["0"]], {"k:x", "v:en", "t:a_b"}),
    ([["ñu", "a"]], [["病院", "b"], ["a", "b", "0"]], {"k:x", "v:en", "t:a-b"}),
    ([["病院"]], [["a病", "a病", "a病"], []], {"k:z", "v:en", "t:a"}),
    ([[]], [["abc"] * 400, ["b"]], {"k:x", "v:es"}),
]
ALWAYS = ("TRUE" if connection.vendor == "postgresql" else "1", [])


@pytest.fixture
def ids():
    """Return the entries' ids in the order of TEXTS."""
    entries = Entry.objects.bulk_create(
        Entry(
            kind="x",
            object_id=number,
            language="en",
            serves=[code for code in ("en", "es", "fr") if f"x:{code}" not in marks],
            path="/",
            title="",
            digest="",
            written_at=timezone.now(),
        )
        for number, (_names, _texts, marks) in enumerate(TEXTS)
    )
    store().write((entry.pk, *texts) for entry, texts in zip(entries, TEXTS, strict=True))
    return [entry.pk for entry in entries]


def found(ids, expression, *, without=(), scope=(), language="en", names_only=False, limit=100):
    """Return the places in TEXTS of what the database finds, the newest first."""
    with store().looking() as look:
        rows = look.fetch(
            "e.id",
            expression,
            without=without,
            marks=scope,
            language=language,
            names_only=names_only,
            shown=ALWAYS,
            limit=limit,
        )
    return [ids.index(row[0]) for row in rows]


def expected(expression, *, without=(), scope=(), names_only=False):
    """Return the same by looking at each text."""
    places = []
    for place, (names, texts, marks) in enumerate(TEXTS):
        looked_at = names if names_only else [*names, *texts]
        every = [*names, *texts]
        if (
            stands_in(expression, looked_at)
            and not any(stands_in(each, every) for each in without)
            and all(set(wanted) & marks for wanted in scope)
        ):
            places.insert(0, place)
    return places


def stands_in(expression, texts):
    if isinstance(expression, Phrase):
        return any(follows(expression, text[start:]) for text in texts for start in range(len(text)))
    stand = [stands_in(part, texts) for part in expression.parts]
    return all(stand) if isinstance(expression, All) else any(stand)


def follows(phrase, stems):
    first = list(zip(phrase.stems, stems, strict=False))
    if len(first) < len(phrase.stems) or [a for a, _b in first[:-1]] != [b for _a, b in first[:-1]]:
        return False
    wanted, stem = first[-1]
    return stem.startswith(wanted) if phrase.beginning else stem == wanted


PHRASES = st.builds(Phrase, st.lists(st.sampled_from(STEMS), min_size=1, max_size=3).map(tuple), st.booleans())
EXPRESSIONS = st.recursive(
    PHRASES,
    lambda parts: st.builds(
        lambda kind, given: kind(tuple(given)), st.sampled_from([All, Some]), st.lists(parts, min_size=1, max_size=3)
    ),
    max_leaves=6,
)
SCOPES = st.lists(
    st.sets(st.sampled_from(["k:x", "k:y", "k:none", "v:en", "v:es", "t:its", "t:a_b", "t:a-b", "t:a"]), min_size=1),
    max_size=3,
)


@given(EXPRESSIONS, st.lists(PHRASES, max_size=2), SCOPES, st.booleans())
def test_every_expression_finds_what_it_says(ids, expression, without, scope, names_only):
    asked = {"without": without, "scope": scope, "names_only": names_only}

    assert found(ids, expression, **asked) == expected(expression, **asked)


@pytest.mark.parametrize(
    ("expression", "places"),
    [
        pytest.param(Phrase(("a",)), [5, 4, 3, 2, 1, 0], id="a word"),
        pytest.param(Phrase(("a",), beginning=True), [7, 6, 5, 4, 3, 2, 1, 0], id="a beginning"),
        pytest.param(Phrase(("a", "b")), [5, 1], id="one after the other, never from one text into the next"),
        pytest.param(Phrase(("abc", "abc")), [7], id="the same word twice"),
        pytest.param(Phrase(("b", "ab"), beginning=True), [3], id="the last one only begins"),
        pytest.param(All((Phrase(("a",)), Phrase(("0",)))), [5, 4], id="both"),
        pytest.param(Some((Phrase(("0",)), Phrase(("abc",)))), [7, 5, 4, 3], id="either"),
    ],
)
def test_expressions_by_hand(ids, expression, places):
    assert (found(ids, expression), expected(expression)) == (places, places)


def test_what_is_marked_as_not_for_the_visitor_is_left_out(ids):
    assert found(ids, Phrase(("a",)), language="fr") == [5, 4, 3, 2, 0]


def test_no_more_are_given_than_wanted_and_the_newest_first(ids):
    assert found(ids, Phrase(("a",)), limit=2) == [5, 4]


@pytest.mark.several_writers  # PostgreSQL alone does it so
@pytest.mark.parametrize("limit", [1, 2, 4, 6, 100])
def test_stepwise_as_much_is_found_as_at_once(ids, monkeypatch, limit):
    monkeypatch.setattr(postgresql, "BLOCKS", {"c": 1, "b": 3})
    store().write((pk, *texts) for pk, texts in zip(ids, TEXTS, strict=True))

    assert found(ids, Phrase(("a",)), limit=limit) == [5, 4, 3, 2, 1, 0][:limit]
    assert found(ids, Phrase(("a", "b")), limit=limit) == [5, 1][:limit]
    assert found(ids, Phrase(("a",)), without=[Phrase(("a", "b"))], limit=limit) == [4, 3, 2, 0][:limit]


@pytest.mark.several_writers  # PostgreSQL alone does it so
def test_a_phrase_is_looked_for_in_the_newest_texts_and_in_every_name(ids, monkeypatch):
    monkeypatch.setattr(postgresql, "MOST_READ", 2)

    assert found(ids, Phrase(("abc", "abc"))) == [7]
    assert found(ids, Phrase(("a", "b"))) == [5, 1]
    assert found(ids, Phrase(("b", "a"))) == [2]


def test_what_was_written_again_is_found_by_its_new_words_alone(ids):
    store().write([(ids[0], [["new"]], [], {"k:x"})])

    assert (found(ids, Phrase(("new",))), found(ids, Phrase(("a",)))) == ([0], [5, 4, 3, 2, 1])


def test_what_was_deleted_is_found_no_more(ids):
    assert store().known(ids) == set(ids)

    store().delete(ids[:1])
    Entry.objects.filter(pk=ids[0]).delete()

    assert (store().known(ids), found(ids, Phrase(("a",)))) == (set(ids[1:]), [5, 4, 3, 2, 1])


def test_what_is_settled_is_found_as_before(ids):
    for _again in range(20):
        store().write([(ids[0], [["a"]], [], {"k:x"})])

    store().settle()

    assert found(ids, Phrase(("a",))) == [5, 4, 3, 2, 1, 0]


@pytest.mark.either_database  # FTS5 alone keeps pieces, and PostgreSQL leaves such tests out
def test_settling_leaves_one_piece(ids):
    for number in range(5):
        store().write([(ids[0], [[f"new{number}"]], [], {"k:x"})])

    store().settle()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT segid) FROM search_words_idx")
        assert cursor.fetchone() == (1,)

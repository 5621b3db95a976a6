import pytest
from django.core.exceptions import ValidationError

from search.lay_word_rules import Row, sameness_of, tidied
from search.starter import missing_of_starter

SAME = ["Heart doctor", "heart  doctors", "HEART DOCTOR", "héart doctor's"]


def test_capitals_accents_and_plurals_make_no_other_words():
    assert {sameness_of(words, "en") for words in SAME} == {("en", ("heart", "doctor"))}


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("hiv", "hives", "en"),
        ("doctor heart", "heart doctor", "en"),
        ("depression", "depressed", "en"),
        ("dying", "want to die", "en"),
        ("os", "o", "es"),
    ],
)
def test_what_means_something_else_is_another_row(one, other, language):
    assert sameness_of(one, language) != sameness_of(other, language)


@pytest.mark.parametrize(("one", "other"), [("dolor", "dolores"), ("voz", "voces"), ("corazón", "corazon")])
def test_spanish_has_its_own_plurals(one, other):
    assert sameness_of(one, "es") == sameness_of(other, "es")


def test_blanks_empty_and_doubled_meanings_are_left_out():
    assert tidied("  heart   doctor ", " cardiology ;; Cardiology;cardiologist ; ", "en") == Row(
        "heart doctor", "cardiology; cardiologist", "en"
    )


@pytest.mark.parametrize(
    ("words", "means", "field", "sentence"),
    [
        pytest.param("", "cardiology", "words", "Write at least one word that visitors type.", id="no-words"),
        pytest.param("🚗 !", "parking", "words", "Write at least one word that visitors type.", id="no-word-in-it"),
        pytest.param("a\0b", "parking", "words", "Write at least one word that visitors type.", id="nul"),
        pytest.param("xy " * 30, "y", "words", "These words are too long: at most 80 characters.", id="long-words"),
        pytest.param("heart", ";;", "means", "Write at least one word that stands on the site", id="no-meaning"),
        pytest.param("heart", "a; ?", "means", "There is no word in “?”.", id="a-meaning-without-a-word"),
        pytest.param("heart", "Hearts; b", "means", "“heart” is what visitors type.", id="its-own-words"),
        pytest.param("heart", "xy " * 110, "means", "This is too long: at most 300 characters.", id="long-meaning"),
    ],
)
def test_what_cannot_be_a_row_is_told_by_field(words, means, field, sentence):
    with pytest.raises(ValidationError) as refused:
        tidied(words, means, "en")

    assert list(refused.value.message_dict) == [field]
    assert refused.value.message_dict[field][0].startswith(sentence)


@pytest.mark.django_db
def test_the_starter_list_keeps_these_rules():
    rows = missing_of_starter()

    as_tidied = [tidied(row.words, row.means, row.language) for row in rows]

    assert as_tidied == [Row(row.words, row.means, row.language) for row in rows]
    assert len({row.sameness for row in as_tidied}) == len(rows)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import LONGEST, folded, joined_words_of, key_of, stem, stems_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  ... !? ", []),
        ("MRI", ["mri"]),
        ("Niño Café CRÈME", ["nino", "cafe", "creme"]),
        ("Nin\u0303o", ["nino"]),
        ("Straße", ["strasse"]),
        ("ﬁbroid", ["fibroid"]),
        ("Women’s X-Ray", ["women", "x", "ray"]),
        ("don't, doctor's, o'clock", ["dont", "doctor", "oclock"]),
        ("O’Brien’s 'quoted' nurses' rock 'n' roll", ["obrien", "quoted", "nurses", "rock", "n", "roll"]),
        ("snake_case", ["snake", "case"]),
        ("24/7, B-12 & COVID-19", ["24", "7", "b", "12", "covid", "19"]),
        ("病院 больница", ["病院", "больница"]),
        ("👩‍⚕️ \u202ekidney\u202c \u200b", ["kidney"]),
        ("k" * LONGEST, ["k" * LONGEST]),
        ("k" * (LONGEST + 1), []),
    ],
)
def test_words_are_folded(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("X-Ray", ["xray"]), ("follow-up to-day", ["followup", "today"]), ("COVID-19", []), ("x ray", []), ("- -", [])],
)
def test_what_is_written_with_a_hyphen_is_one_word_too(text, words):
    assert joined_words_of(text) == words


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("cardiologist", "cardiologists", "en"),
        ("billing", "bills", "en"),
        ("surgery", "surgeries", "en"),
        ("doctores", "doctor", "es"),
        ("citas", "cita", "es"),
        ("appointments", "appointment", "fr"),  # a language without rules of its own has the English ones
    ],
)
def test_forms_of_a_word_have_one_stem(one, other, language):
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Center for Wound Healing", "wound healing center"),
        ("Wound Healing", "the Wound-Healing Center"),
        ("Women’s Health", "womens health"),
        ("Clinic", "the clinic"),
        ("The Who", "who the"),
    ],
)
def test_names_of_one_key_are_one_name(one, other):
    assert key_of(one) == key_of(other) != ""


def test_other_names_have_other_keys():
    names = ["Wound Healing", "Wound Care", "Wound", "", "Clinic", "Center"]

    assert len({key_of(name) for name in names}) == len(names)


@given(st.text())
def test_any_text_has_words_and_the_same_ones_when_folded_first(text):
    words = words_of(text)

    assert words_of(" ".join(words)) == words
    assert all(word.isalnum() and len(word) <= LONGEST for word in words)
    assert len(stems_of(text, "es")) == len(words)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_short_way_for_plain_letters_folds_alike(text):
    assert folded(text) == folded(text + "é")[:-1]

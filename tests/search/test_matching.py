import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching import MAX_WORDS, folded, phone_digits, score, words_of
from search.sources import Document


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", []),
        ("   ", []),
        ("blood thinner", ["blood", "thinner"]),
        ("  Women’s  health, center! ", ["Women’s", "health", "center"]),
        ("women's", ["women's"]),
        ("Café", ["Café"]),
        ("x-ray", ["x", "ray"]),
        ("24/7", ["24", "7"]),
        ("%_'\";--", []),
        ("👩‍⚕️", []),
        ("טיפול רפואי", ["טיפול", "רפואי"]),
        ("\x00a\x00", ["a"]),
        ("a b c d e f g h i j", list("abcdefgh")),
    ],
)
def test_words_of_a_query(query, words):
    assert words_of(query) == words


@given(st.text())
def test_words_are_few_and_without_signs_that_mean_something_to_a_database(query):
    words = words_of(query)

    assert len(words) <= MAX_WORDS
    assert not set("".join(words)) & set('%_\\\x00";')


@pytest.mark.parametrize(
    ("text", "plain"), [("Café", "cafe"), ("ÉCLAIR", "eclair"), ("Straße", "strasse"), ("ﬁle", "file"), ("", "")]
)
def test_letters_are_compared_without_case_and_accents(text, plain):
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("860-823-6389", "8608236389"),
        ("(860) 823 6389", "8608236389"),
        ("823.6389", "8236389"),
        ("+1 860 823 6389", "8608236389"),
        (" 1-860-823-6389 ", "8608236389"),
        ("911", None),
        ("12345678901234567890", None),
        ("2 860 823 6389", None),
        ("room 8608236389", None),
        ("", None),
        ("...........", None),
    ],
)
def test_a_phone_number_is_recognized_however_it_is_typed(query, digits):
    assert phone_digits(query) == digits


@pytest.mark.parametrize(
    ("query", "points"),
    [
        pytest.param("heart center", 100, id="the-title"),
        pytest.param("HEART CENTER ", 100, id="the-title-in-other-letters"),
        pytest.param("Cardiology", 100, id="another-name"),
        pytest.param("cafe du coeur", 100, id="another-name-without-accents"),
        pytest.param("heart", 60, id="the-beginning-of-the-title"),
        pytest.param("cardio", 60, id="the-beginning-of-another-name"),
        pytest.param("center heart", 40, id="all-words-of-the-title"),
        pytest.param("coeur heart", 30, id="words-of-several-names"),
        pytest.param("heart valve", 10, id="elsewhere"),
    ],
)
def test_the_closer_to_a_name_the_better(query, points):
    document = Document("Heart Center", "/services/heart/", also_known_as="Cardiology, Café du cœur, café du coeur")

    assert score(query, document) == points

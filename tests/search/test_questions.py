import pytest

from search.expressions import Phrase
from search.lay_words import LayWords, meaning_of
from search.numbers import Number
from search.questions import LONGEST, MOST_TERMS, understand
from search.snippets import markers_of
from search.vocabulary import Vocabulary

LAY = LayWords(
    [
        ("heart doctor", "en", ["cardiology", "cardiologist"]),
        ("shot", "en", ["vaccine"]),
        ("no puedo respirar", "es", ["emergency department"]),
    ]
)
NOTHING_KNOWN = LayWords([])


def terms(text, lay=LAY):
    """Return the words of each term of `text`; of a phrase in quotes with a mark."""
    return ["".join(["=" if term.exact else "", " ".join(term.typed)]) for term in understand(text, lay).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("MRI", ["mri"]),
        ("kidney stones", ["kidney", "stones"]),
        ("where do I find the kidney clinic", ["kidney", "clinic"]),
        ("the and of", ["the", "and", "of"]),
        ("heart doctor", ["heart doctor"]),
        ("Heart Doctors near Norwich", ["heart doctors", "norwich"]),
        ("doctor heart", ["doctor", "heart"]),
        ("no puedo respirar", ["no respirar"]),
        ('"kidney stones"', ["=kidney stones"]),
        ("“kidney stones” clinic", ["clinic", "=kidney stones"]),
        ('"kidney"', ["kidney"]),
        ('"kidney stones', ["kidney", "stones"]),
        ('kidney"', ["kidney"]),
        ('""', []),
        ("x-ray", ["x", "ray"]),
        ("-", []),
        ("kidney - stones", ["kidney", "stones"]),
        ("phone number of the gift shop", ["gift", "shop"]),
        ("phone number", ["phone", "number"]),
    ],
)
def test_words_that_belong_together_are_one_term(text, expected):
    assert terms(text) == expected


def test_a_lay_word_has_its_meanings_in_their_order():
    [term] = understand("heart doctors", LAY).terms

    assert [meaning.said for meaning in term.meanings] == ["cardiology", "cardiologist"]


def test_a_lay_word_is_known_in_any_form_and_within_a_question():
    assert [bool(term.meanings) for term in understand("flu shots", LAY).terms] == [False, True]


def test_minus_words_are_left_out():
    question = understand("kidney -stones", NOTHING_KNOWN)

    assert [term.typed for term in question.terms] == [("kidney",)]
    assert set(question.without) == {Phrase(("stone",)), Phrase(("ston_es",))}


def test_a_minus_before_a_phrase_leaves_out_the_phrase():
    assert Phrase(("gift", "shop")) in understand('kidney -"gift shop"', NOTHING_KNOWN).without


def test_a_hyphen_inside_a_word_is_no_minus():
    assert understand("follow-up", NOTHING_KNOWN).without == ()


def test_only_minus_words_ask_for_nothing():
    assert understand("-kidney -stones", LAY).is_empty


def test_a_number_is_asked_for_beside_its_words():
    question = understand("860-823-6389", LAY)

    assert (question.number, question.is_empty) == (Number("8608236389"), False)


def test_long_questions_are_cut():
    question = understand(" ".join(f"w{number}" for number in range(500)), NOTHING_KNOWN)

    assert (len(question.text) <= LONGEST, len(question.terms)) == (True, MOST_TERMS)


def test_what_is_marked_are_the_words_and_what_they_mean():
    assert markers_of(understand("flu shots", LAY), "en")[0].stems >= {"flu", "shot", "vaccin"}


def test_typing_errors_are_mended_where_they_stand():
    vocabulary = Vocabulary({"kidney": 3, "stones": 2, "clinic": 9})

    assert understand("Kidny “stnes” cilnic", NOTHING_KNOWN).corrected(vocabulary) == "kidney “stones” clinic"


@pytest.mark.parametrize("text", ["kidney stones", '"kidny stnes"', "xyzzyx", "12345", "shot", ""])
def test_what_is_known_exact_hopeless_or_a_number_is_not_mended(text):
    assert understand(text, LAY).corrected(Vocabulary({"kidney": 1, "stones": 1, "short": 5})) is None


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        pytest.param("anti coagulation clinic", "anticoagulation clinic", id="at-the-beginning"),
        pytest.param("the anti  Coagulation", "the anticoagulation", id="at-the-end"),
        pytest.param("kid ney stnes", "kidney stnes", id="one-error-at-a-time"),
        pytest.param("kidney stones", None, id="both-are-known"),
        pytest.param('"anti coagulation"', None, id="in-quotes"),
    ],
)
def test_a_blank_within_a_known_word_is_taken_out(text, corrected):
    vocabulary = Vocabulary({"anticoagulation": 1, "clinic": 1, "kidney": 1, "stones": 1, "kidneystones": 1})

    assert understand(text, NOTHING_KNOWN).corrected(vocabulary) == corrected


def test_a_meaning_is_compared_by_the_rules_of_both_languages():
    assert meaning_of("citas médicas").stems == (("cita", "medica"), ("cit_es", "medic_es"))

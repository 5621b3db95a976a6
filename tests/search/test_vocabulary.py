import pytest

from search.engine import find
from search.rebuilding import rebuild
from search.vocabulary import Vocabulary
from tests.factories import create_contact, create_service

KNOWN = Vocabulary(
    {
        "cardiology": 5,
        "radiology": 4,
        "kidney": 3,
        "heart": 9,
        "hear": 1,
        "mri": 7,
        "gastroenterology": 2,
        "emergency": 30,
        "gift": 2,
        "shop": 2,
        "bill": 4,
        "ball": 1,
        "parking": 3,
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("kidny", "kidney", id="one missing"),
        pytest.param("kidnney", "kidney", id="one doubled"),
        pytest.param("kidmey", "kidney", id="one wrong"),
        pytest.param("kidnye", "kidney", id="two changed round"),
        pytest.param("haert", "heart", id="two changed round in a short word"),
        pytest.param("emergancy", "emergency", id="one wrong in a longer word"),
        pytest.param("emergansy", "emergency", id="two errors"),
        pytest.param("gastroentrolagi", "gastroenterology", id="three errors in a long word"),
        pytest.param("hxaxt", None, id="two errors in a short word"),
        pytest.param("emxrgxnxy", None, id="three errors in a word of nine letters"),
        pytest.param("gastxoexterxloxy", None, id="four errors"),
        pytest.param("giftshop", "gift shop", id="a forgotten blank"),
        pytest.param("mir", None, id="too short to say"),
        pytest.param("bxll", "bill", id="of two as near, the one of more things"),
        pytest.param("karking", "parking", id="the first letter may be wrong"),
        pytest.param("k1dney", None, id="with a digit"),
        pytest.param("", None, id="nothing"),
        pytest.param("x" * 40, None, id="nothing like it"),
    ],
)
def test_what_was_meant(typed, meant):
    assert KNOWN.nearest(typed) == meant


def test_of_equally_near_words_the_one_with_the_same_first_letter_comes_first():
    assert Vocabulary({"nurse": 1, "purse": 9}).nearest("nurze") == "nurse"
    assert Vocabulary({"bilking": 9, "filling": 1}).nearest("fillking") == "filling"


def test_all_equally_near_words_are_told_the_likeliest_first():
    known = Vocabulary({"belongs": 9, "billing": 1, "wings": 9})

    assert known.near("bilings") == ["belongs", "billing"]
    assert known.near("xyzzyx") == []


def test_fewer_errors_may_be_asked_for():
    assert (KNOWN.nearest("emergansy", 1), KNOWN.nearest("emergancy", 1)) == (None, "emergency")


def test_nothing_is_like_anything_where_nothing_is_known():
    assert Vocabulary({}).nearest("kidney") is None


@pytest.mark.django_db
def test_a_typing_error_finds_what_was_meant_and_says_so():
    create_service(name="Lithotripsy")
    rebuild()

    found = find("lithotrypsi", language="en")

    assert ([result.entry.title for result in found.results], found.instead) == (["Lithotripsy"], "lithotripsy")


@pytest.mark.django_db
def test_nothing_is_mended_where_it_is_meant_as_typed():
    create_service(name="Lithotripsy")
    rebuild()

    assert find("lithotrypsi", language="en", as_typed=True).results == []


@pytest.mark.django_db
def test_the_words_of_an_announcement_to_come_are_never_offered():
    create_service(name="Lithotripsy", published_at="2999-01-01T00:00Z")
    create_contact(name="Gift Shop")
    rebuild()

    found = find("lithotrypsi", language="en")

    assert (found.results, found.instead, found.meant) == ([], "", "")


@pytest.mark.django_db
def test_a_word_that_is_new_is_known_to_every_process_at_once():
    rebuild()
    assert find("lithotrypsi", language="en").results == []

    create_service(name="Lithotripsy")
    rebuild()

    assert find("lithotrypsi", language="en").instead == "lithotripsy"

import pytest

from directory.names_asked import fitting

NAMES = [(1, "Laura Currie"), (2, "José Núñez"), (3, "Pamela DeLise"), (4, "Ann Lee"), (5, "Mary-Ann O’Brien")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("currie", [1], id="surname"),
        pytest.param("  LAURA   CURRIE ", [1], id="capitals-and-blanks"),
        pytest.param("currie, laura", [1], id="surname-first"),
        pytest.param("Dr. Nunez", [2], id="title-and-no-accents"),
        pytest.param("núñ", [2], id="accents"),
        pytest.param("delise", [3], id="capital-inside"),
        pytest.param("ann", [4, 5], id="several"),
        pytest.param("obrien", [5], id="apostrophe"),
        pytest.param("", [1, 2, 3, 4, 5], id="nothing"),
        pytest.param("dr.", [1, 2, 3, 4, 5], id="nothing-that-says-who"),
    ],
)
def test_a_name_is_found_as_people_type_it(asked, found):
    assert fitting(asked, NAMES) == (found, True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("curie", [1], id="letter-left-out"),
        pytest.param("currrie", [1], id="letter-too-many"),
        pytest.param("laura currei", [1], id="letters-swapped"),
        pytest.param("pamella delis", [3], id="one-error-each"),
        pytest.param("lea", [], id="a-short-name-must-be-right"),
        pytest.param("smith", [], id="nobody"),
        pytest.param("laura lee", [], id="two-people"),
    ],
)
def test_a_small_error_is_forgiven_and_told(asked, found):
    assert fitting(asked, NAMES) == (found, False)

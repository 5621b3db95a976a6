import pytest

from search.numbers import Number, number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("860-823-6389", Number("8608236389")),
        ("(860) 823-6389", Number("8608236389")),
        ("860.823.6389", Number("8608236389")),
        ("860 823 6389", Number("8608236389")),
        ("860\u2013823\u20136389", Number("8608236389")),
        ("860\u00a0823\u00a06389", Number("8608236389")),
        ("8608236389", Number("8608236389")),
        ("+1 860 823 6389", Number("8608236389")),
        ("1-860-823-6389", Number("8608236389")),
        ("+18608236389", Number("8608236389")),
        ("823-6389", Number("8236389")),
        ("8236389", Number("8236389")),
        ("860.889.8331 ext. 2265", Number("8608898331", "2265")),
        ("860-889-8331, extension 2265", Number("8608898331", "2265")),
        ("860-889-8331x2265", Number("8608898331", "2265")),
        ("whose number is 860-823-6389?", Number("8608236389")),
        ("", None),
        ("911", None),
        ("31996", None),
        ("06360", None),
        ("2021-06-04", None),
        ("10:30 to 11:30", None),
        ("86082363899", None),
        ("860-823-638", None),
        ("covid19", None),
        ("a8608236389", None),
        ("860/823/6389", None),
    ],
)
def test_a_number_is_read_however_it_is_written(text, number):
    assert number_in(text) == number


def test_a_number_is_asked_for_with_its_area_and_without():
    assert Number("8608236389").keys == ["8608236389", "8236389"]
    assert Number("8236389").keys == ["8236389"]
    assert Number("8608898331", "2265").keys == ["8608898331x2265", "8898331x2265"]


def test_a_number_without_its_extension_is_the_switchboard_s():
    assert Number("8608898331", "2265").without_extension == Number("8608898331")


@pytest.mark.parametrize("text", ["1" * 5_000, "(" * 5_000, "860 " * 2_000, "860-823-6389 ext. " * 500])
def test_long_rows_of_digits_are_read_at_once(text):
    number_in(text)  # a pattern that tried every way to part them would never end

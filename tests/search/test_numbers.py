import pytest

from search.numbers import Number, ending_keys_in, extension_in, number_in


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
        ("8608898331,2265", Number("8608898331", "2265")),
        ("860-889-8331, 24 hours", Number("8608898331")),
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


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("ext. 2265", "2265"),
        ("Ext 2265", "2265"),
        ("x2265", "2265"),
        ("extension: 2", "2"),
        ("extensión 2265", "2265"),
        ("2265", ""),
        ("ext", ""),
        ("ext. 2265 please", ""),
        ("x-ray", ""),
        ("x" * 5_000, ""),
        ("", ""),
    ],
)
def test_an_extension_is_read_where_it_says_so(text, extension):
    assert extension_in(text) == extension


def test_a_number_is_remembered_by_its_extension_or_by_its_end():
    assert Number("8608898331", "2265").ending_keys == ["x2265"]
    assert Number("8608236389").ending_keys == ["-6389"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (" 6389 ", ["6389", "x6389", "-6389"]),
        ("31996", ["31996", "x31996", "-31996"]),
        ("63", []),
        ("8608236", []),
        ("x6389", []),
        ("room 6389", []),
        ("\u0666\u0663\u0668\u0669", []),
        ("", []),
    ],
)
def test_a_few_digits_may_be_an_extension_or_how_a_number_ends(text, keys):
    assert ending_keys_in(text) == keys

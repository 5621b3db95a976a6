import pytest
from phonenumber_field.phonenumber import PhoneNumber

from directory.phones import dial_address, displayed, displayed_value, spoken


@pytest.mark.parametrize(
    ("written", "shown", "dialled", "said"),
    [
        pytest.param("860-889-8331", "860.889.8331", "tel:+18608898331", "8 6 0, 8 8 9, 8 3 3 1", id="plain"),
        pytest.param(
            "860.889.8331 ext. 2215",
            "860.889.8331 ext. 2215",
            "tel:+18608898331,2215",
            "8 6 0, 8 8 9, 8 3 3 1, extension 2 2 1 5",
            id="extension",
        ),
        pytest.param("+1 (860) 889-8331", "860.889.8331", "tel:+18608898331", "8 6 0, 8 8 9, 8 3 3 1", id="with-1"),
    ],
)
def test_a_number_is_written_dialled_and_spoken(written, shown, dialled, said):
    number = PhoneNumber.from_string(written, region="US")

    assert (displayed(number), dial_address(number), spoken(number)) == (shown, dialled, said)


def test_a_number_from_abroad_keeps_its_form():
    number = PhoneNumber.from_string("+44 20 7946 0018")

    assert displayed(number) == "+44 20 7946 0018"
    assert dial_address(number) == "tel:+442079460018"


def test_an_extension_abroad_is_written_as_any_other():
    number = PhoneNumber.from_string("+44 20 7946 0018 ext. 12")

    assert (displayed(number), dial_address(number)) == ("+44 20 7946 0018 ext. 12", "tel:+442079460018,12")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("+18608898331x2215", "860.889.8331 ext. 2215"),
        ("+18608898331", "860.889.8331"),
        ("+442079460018", "+44 20 7946 0018"),
        ("+442079460018x12", "+44 20 7946 0018 ext. 12"),
        ("31996", "31996"),
        ("+999", "+999"),
        ("", ""),
    ],
)
def test_a_value_is_written_as_its_number(value, told):
    assert displayed_value(value) == told


def test_no_number_is_nothing():
    assert (displayed(None), dial_address(None), displayed(""), dial_address("")) == ("", "", "", "")

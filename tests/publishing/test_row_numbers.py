import pytest

from publishing.row_numbers import row_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("12", 12, id="a-number"),
        pytest.param("9" * 18, 10**18 - 1, id="the-greatest"),
        pytest.param("9" * 19, None, id="too-great-for-a-column"),
        pytest.param("9" * 5000, None, id="too-long-for-python"),
        pytest.param("", None, id="nothing"),
        pytest.param("-1", None, id="negative"),
        pytest.param(" 1", None, id="with-a-space"),
        pytest.param("1.0", None, id="with-a-point"),
        pytest.param("²", None, id="raised"),
        pytest.param("١٢", None, id="other-digits"),
        pytest.param("1\x00", None, id="with-a-zero-byte"),
    ],
)
def test_a_row_number_is_plain_digits(text, number):
    assert row_number(text) == number

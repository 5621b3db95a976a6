import pytest

from directory.provider_identifiers import is_npi


@pytest.mark.parametrize(
    ("text", "right"),
    [
        pytest.param("1234567893", True, id="the-example-of-the-standard"),
        pytest.param("1234567890", False, id="wrong-check-digit"),
        pytest.param("123456789", False, id="too-short"),
        pytest.param("12345678933", False, id="too-long"),
        pytest.param("１２３４５６７８９３", False, id="other-digits"),
        pytest.param("", False, id="empty"),
    ],
)
def test_an_npi_is_checked_by_its_last_digit(text, right):
    assert is_npi(text) is right

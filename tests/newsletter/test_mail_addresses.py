import pytest

from newsletter.mail_addresses import masked, normalized, readable


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("reader@example.org", "reader@example.org"),
        (" Reader@Example.ORG ", "Reader@example.org"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@BÜCHER.example", "a@xn--bcher-kva.example"),
        ("a@bu\u0308cher.example", "a@xn--bcher-kva.example"),
        ("", ""),
        ("no address", "no address"),
        ("a@b..c", "a@b..c"),
        ("a@" + "x" * 300, "a@" + "x" * 300),
        ("a@b@C.org", "a@b@c.org"),
    ],
)
def test_an_address_has_one_spelling(typed, stored):
    assert normalized(typed) == stored


def test_a_domain_is_shown_in_its_own_letters():
    assert readable("a@xn--bcher-kva.example") == "a@bücher.example"
    assert readable("a@xn--\x00.example") == "a@xn--\x00.example"


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("reader@example.org", "r•••@example.org"),
        ("a@xn--bcher-kva.example", "a•••@bücher.example"),
        ("", "•••"),
    ],
)
def test_a_page_tells_who_it_is_for_and_no_more(email, shown):
    assert masked(email) == shown

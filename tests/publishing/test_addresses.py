import pytest
from django.core.exceptions import ValidationError

from publishing.addresses import validate_address


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/contact/",
        "/news/2021/06/?page=2#top",
        "#main",
        "https://example.org",
        "https://example.org/a?b=c#d",
        "http://example.org/",
        "HTTPS://example.org/",
        "mailto:a@example.org",
        "tel:+18608898331,2215",
        "sms:31996",
    ],
)
def test_an_address_leads_to_a_page_a_mailbox_or_a_phone(address):
    validate_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "\tjavascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/contact/\n",
        "#main\n",
        "/a b/",
        "https:",
        "https://",
        "https:evil.example",
        "http:///evil.example",
        "https://[bad",
        "https://example.org/a b",
        "https://example.org\\@evil.example",
        "mailto:",
        "tel:",
        "ftp://example.org/",
        "contact/",
        "example.org",
        "#",
        "",
        " ",
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(ValidationError):
        validate_address(address)

import pytest

from publishing.checks.unwrapping import is_wrapped, noting_parameters, unwrapped, without_noting_parameters

OUTLOOK = (
    "https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fa%3Fb%3Dc%26d%3De"
    "&data=05%7C02%7Canna%40example.org%7C0&sdata=x%3D&reserved=0"
)


@pytest.mark.parametrize(
    ("wrapped", "inner"),
    [
        (OUTLOOK, "https://www.example.org/a?b=c&d=e"),
        (OUTLOOK.replace("https://nam12", "HTTPS://NAM12"), "https://www.example.org/a?b=c&d=e"),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_a-5Fb_c-3Fd-3De&d=DwMFaQ&c=x",
            "https://www.example.org/a_b/c?d=e",
        ),
        ("https://urldefense.com/v3/__https://www.example.org/a-b/__;!!Abc!Def$", "https://www.example.org/a-b/"),
        # One sign (a "+") and a run of two ("??").
        ("https://urldefense.com/v3/__https://www.example.org/a*b**A__;Kz8_!!Abc$", "https://www.example.org/a+b??"),
        ("https://urldefense.proofpoint.com/v1/url?u=http://www.example.org/&k=x", "http://www.example.org/"),
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org%2Fa&usg=x", "https://example.org/a"),
        ("https://www.google.co.uk/url?q=https://example.org/&sa=D", "https://example.org/"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F&h=AT0", "https://example.org/"),
        ("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexample.org%2fa&c=E,1", "https://example.org/a"),
        ("https://secure-web.cisco.com/1abc/https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
        ("https://protect-us.mimecast.com/s/AbCd?domain=example.org", ""),
        ("https://example.us4.list-manage.com/track/click?u=1&id=2", ""),
    ],
)
def test_the_address_inside_is_offered_where_it_can_be_told(wrapped, inner):
    assert (is_wrapped(wrapped), unwrapped(wrapped)) == (True, inner)


def test_a_link_wrapped_twice_is_unwrapped_twice():
    twice = "https://www.google.com/url?q=" + OUTLOOK.replace("%", "%25").replace("&", "%26").replace("?", "%3F")

    assert unwrapped(twice) == "https://www.example.org/a?b=c&d=e"


def test_a_link_wrapped_without_end_is_given_up():
    address = "https://example.org/"
    for _again in range(8):
        address = "https://www.google.com/url?q=" + address.replace("%", "%25").replace("?", "%3F").replace("&", "%26")

    assert (is_wrapped(address), unwrapped(address)) == (True, "")


@pytest.mark.parametrize(
    "address",
    [
        *("https://www.example.org/", "/er/", "", "#top", "mailto:anna@example.org", "tel:911", "https://[", "//x"),
        *("https://www.google.com/maps?q=https://example.org", "https://www.google.com/url?q=javascript:alert(1)"),
        *("https://www.facebook.com/BackusHospital", "https://safelinks.protection.outlook.com.evil.example/?url=x"),
        *("javascript:alert('https://l.facebook.com/l.php?u=https://x')", "https://google.com:99999999/url?q=http://x"),
        "https://urldefense.com/v3/",
    ],
)
def test_other_addresses_are_not_wrapped(address):
    assert is_wrapped(address) is False


def test_what_is_inside_is_never_a_script():
    coded = "https://urldefense.proofpoint.com/v2/url?u=javascript-3Aalert-281-29&d=x"

    assert (is_wrapped(coded), unwrapped(coded)) == (True, "")


def test_parameters_that_only_count_clicks_are_named_and_taken_out():
    address = "https://example.org/a?utm_source=mail&id=7&fbclid=x&UTM_Campaign=spring#top"

    assert noting_parameters(address) == ["utm_source", "fbclid", "UTM_Campaign"]
    assert without_noting_parameters(address) == "https://example.org/a?id=7#top"
    assert noting_parameters("https://example.org/a?id=7") == []
    assert noting_parameters("https://[?utm_source=x") == []

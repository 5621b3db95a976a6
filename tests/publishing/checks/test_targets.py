import pytest

from publishing.checks.targets import Kind, target_of


@pytest.fixture(autouse=True)
def own_address(settings):
    settings.SITE_URL = "https://www.backus.example"


@pytest.mark.parametrize(
    ("href", "path", "query"),
    [
        ("/er/", "/er/", ""),
        ("/search/?q=a#results", "/search/", "q=a"),
        ("https://www.backus.example/er/", "/er/", ""),
        ("HTTP://BACKUS.example", "/", ""),
        ("//www.backus.example/er/", "/er/", ""),
        ("visitors/", "/about/visitors/", ""),
        ("../er/", "/er/", ""),
        ("?page=2", "/about/", "page=2"),
        ("www.example.org", "/about/www.example.org", ""),
        (" /er/ ", "/er/", ""),
    ],
)
def test_addresses_of_this_site_are_known(href, path, query):
    target = target_of(href, "/about/")

    assert (target.kind, target.path, target.query) == (Kind.HERE, path, query)


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("https://example.org/", Kind.ELSEWHERE),
        ("https://www.backus.example.org/", Kind.ELSEWHERE),
        ("mailto:anna@backus.example", Kind.ELSEWHERE),
        ("tel:911", Kind.ELSEWHERE),
        ("#parking", Kind.ELSEWHERE),
        ("https://8.8.8.8/", Kind.ELSEWHERE),
        ("/admin/news/article/", Kind.STAFF),
        ("https://www.backus.example/admin/", Kind.STAFF),
        ("http://localhost:8000/er/", Kind.UNREACHABLE),
        ("http://127.0.0.1/er/", Kind.UNREACHABLE),
        ("http://[::1]/", Kind.UNREACHABLE),
        ("http://192.168.1.20/a", Kind.UNREACHABLE),
        ("https://intranet/phones", Kind.UNREACHABLE),
        ("https://printer.local/", Kind.UNREACHABLE),
        ("http://[", Kind.MALFORMED),
        ("https://", Kind.MALFORMED),
        ("https:///er/", Kind.MALFORMED),
        ("http://example.org:abc/", Kind.MALFORMED),
    ],
)
def test_other_addresses_are_told_apart(href, kind):
    assert target_of(href).kind is kind


def test_a_site_on_this_computer_is_not_for_the_public_either(settings):
    settings.SITE_URL = "http://127.0.0.1:8000"

    assert target_of("http://127.0.0.1:8000/er/").kind is Kind.UNREACHABLE
    assert target_of("/er/").kind is Kind.HERE

import pytest
from django.core.exceptions import ValidationError

from publishing.site_paths import normal_old_path, normal_path, normal_target, path_of


@pytest.mark.parametrize(
    ("path", "normal"),
    [
        ("/news/old/", "/news/old/"),
        ("/news/old", "/news/old/"),
        ("/News/OLD", "/news/old/"),
        ("/caf%C3%A9/", "/café/"),
        ("/cafe\u0301/", "/café/"),
        ("/news/feed.xml", "/news/feed.xml"),
        ("/news/feed.xml/", "/news/feed.xml"),
        ("/", "/"),
    ],
)
def test_two_spellings_of_a_path_are_one(path, normal):
    assert normal_path(path) == normal


@pytest.mark.parametrize(
    "path",
    [
        "",
        "news/",
        "//evil.example/",
        "/news//old/",
        "/news/../admin/",
        "/./",
        "/%00/",
        "/a\nb/",
        "/a b/",
        "/a%3Fb/",
        "/a%2523/",
        "/a\\b/",
        "/%ff/",
        "/<script>/",
        "/" + "a" * 300,
        "https://elsewhere.example/",
    ],
)
def test_what_is_no_path_of_this_site_is_refused(path):
    with pytest.raises(ValidationError):
        normal_path(path)


@pytest.mark.parametrize(
    "path", ["/", "/es/", "/admin/", "/api/er/x/", "/ADMIN/x/", "/media/a.jpg", "/static/x.css", "/admin"]
)
def test_only_a_page_can_have_moved(path):
    with pytest.raises(ValidationError):
        normal_old_path(path)


def test_an_old_address_may_be_copied_from_the_browser(settings):
    settings.SITE_URL = "https://www.example.org"

    assert normal_old_path(" https://www.example.org/News/Old ") == "/news/old/"
    assert normal_old_path("http://WWW.example.org/news/old/") == "/news/old/"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/contact", "/contact/"),
        ("/news/?page=2#top", "/news/?page=2#top"),
        ("/er/#waits", "/er/#waits"),
        ("/media/Plan%20A.pdf", "/media/Plan%20A.pdf"),
        ("https://www.example.org/news/new", "/news/new/"),
        ("https://mychart.example.com/Login?x=1", "https://mychart.example.com/Login?x=1"),
    ],
)
def test_a_target_is_a_page_of_this_site_or_https(settings, address, target):
    settings.SITE_URL = "https://www.example.org"

    assert normal_target(address) == target


@pytest.mark.parametrize(
    "address",
    [
        "",
        "contact",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http://elsewhere.example/",
        "javascript:alert(1)",
        "https://",
        "https://www.example.org@evil.example/",
        "https://evil.example\\@www.example.org/",
        "https://e.example/a b",
        "https://e.example/\r\nSet-Cookie: a=b",
        "/contact/?a=\r\nb",
        "/admin/",
        "/admin/auth/",
        "data:text/html,x",
        "https://" + "a" * 3000,
    ],
)
def test_other_targets_are_refused(settings, address):
    settings.SITE_URL = "https://www.example.org"

    with pytest.raises(ValidationError):
        normal_target(address)


def test_the_path_of_a_target_has_no_query():
    assert path_of("/news/?page=2#top") == "/news/"
    assert path_of("/er/#waits") == "/er/"
    assert path_of("https://elsewhere.example/news/") == ""

"""The security headers, on every kind of response."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from backus_site.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.factories import create_editor
from tests.responses import body_of

pytestmark = pytest.mark.django_db

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": STRICT,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def broken(request):
    raise RuntimeError("broken on purpose")


def forbidden(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


class urls:  # noqa: N801  stands for a module
    urlpatterns = [
        path("broken/", broken),
        path("forbidden/", forbidden),
        path("plain/", lambda request: HttpResponse("plain")),
        *urlpatterns,
    ]
    handler400, handler403, handler404, handler500 = handler400, handler403, handler404, handler500


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = urls
    return Client(raise_request_exception=False)


def sorted_policy(policy):
    return sorted(part.strip() for part in policy.split(";"))


@pytest.mark.parametrize(
    ("address", "status", "extra"),
    [
        ("/", 200, {}),
        ("/plain/", 200, {}),
        ("/no-such-page/", 404, {}),
        ("/news", 301, {}),
        ("/", 400, {"host": "evil.example"}),
        ("/no-such-page/", 400, {"host": "evil.example:99999"}),
        ("/forbidden/", 403, {}),
        ("/broken/", 500, {}),
        ("/robots.txt", 200, {}),
        ("/er/wait-times.json", 200, {}),
        ("/static/css/site.css", 200, {}),
        ("/static/no-such.css", 404, {}),
        ("/healthz", 200, {}),
        ("/favicon.ico", 302, {}),
    ],
)
def test_every_kind_of_response_carries_the_headers(visitor, address, status, extra):
    response = visitor.get(address, headers=extra)
    body_of(response)

    assert response.status_code == status
    sent = {name: response.get(name) for name in HEADERS}
    assert sorted_policy(sent.pop("Content-Security-Policy")) == sorted_policy(STRICT)
    assert sent == {name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"}
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]
    assert dict(response.cookies) == {}


def test_a_post_from_elsewhere_is_answered_with_the_headers(visitor):
    response = visitor.post("/newsletter/", headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert sorted_policy(response["Content-Security-Policy"]) == sorted_policy(STRICT)


def test_an_uploaded_file_may_do_nothing_at_all(visitor):
    name = default_storage.save("videos/headers.mp4", ContentFile(b"a"))

    response = visitor.get(f"/media/{name}")
    body_of(response)

    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_static_file_of_a_release_is_kept_for_ever(visitor):
    response = visitor.get(staticfiles_storage.url("css/site.css"))
    body_of(response)

    assert response.status_code == 200
    assert response["Content-Type"] == 'text/css; charset="utf-8"'
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "Access-Control-Allow-Origin" not in response


def test_the_admins_policy_gives_a_nonce_and_nothing_else(visitor):
    response = visitor.get("/admin/login/")

    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert re.fullmatch(r"'self'( 'nonce-[\w+/=-]+')?", policy.pop("script-src"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
        "frame-src": "'self'",
    }


def test_a_path_that_only_resembles_the_admins_has_the_strict_policy(visitor):
    response = visitor.get("/administration/")

    assert sorted_policy(response["Content-Security-Policy"]) == sorted_policy(STRICT)


def test_what_staff_are_sent_is_kept_in_no_cache(client):
    client.force_login(create_editor())

    for address in ("/", "/news/", "/er/", "/no-such-page/"):
        directives = set(client.get(address)["Cache-Control"].split(", "))
        assert {"private", "no-store", "no-cache"} <= directives
        assert "public" not in directives


def test_the_language_is_the_addresss_and_nothing_elses(visitor):
    visitor.cookies["django_language"] = "es"

    response = visitor.get("/", headers={"accept-language": "es"})

    assert response.context["LANGUAGE_CODE"] == "en"
    assert visitor.get("/es/").context["LANGUAGE_CODE"] == "es"
    assert visitor.get("/es").status_code == 301


@pytest.mark.parametrize("asked", ["*", "", "//", "//evil.example/", "/es", "es", "/\x00", "/%"])
@pytest.mark.parametrize("method", ["OPTIONS", "GET", "TRACE", "PROPFIND"])
def test_no_request_line_is_an_error(visitor, method, asked):
    response = visitor.generic(method, "/", PATH_INFO=asked)
    body_of(response)

    assert response.status_code < 500

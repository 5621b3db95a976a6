import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from publishing.visitor_forms import visitor_form


@visitor_form
def form_view(request):
    return HttpResponse("taken")


def post(**headers):
    return form_view(RequestFactory().post("/", headers={"host": "testserver", **headers}))


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="says-nothing"),
        pytest.param({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, id="own-page"),
        pytest.param({"sec-fetch-site": "none"}, id="typed-by-hand"),
        pytest.param({"origin": "http://testserver"}, id="older-browser"),
    ],
)
def test_own_pages_may_send_the_form(headers):
    assert post(**headers).content == b"taken"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"sec-fetch-site": "cross-site"}, id="cross-site"),
        pytest.param({"sec-fetch-site": "same-site"}, id="neighbouring-host"),
        pytest.param({"sec-fetch-site": "nonsense"}, id="nonsense"),
        pytest.param({"origin": "https://evil.example"}, id="older-browser"),
        pytest.param({"origin": "null"}, id="sandboxed-frame"),
        pytest.param({"origin": "http://testserver.evil.example"}, id="similar-host"),
        pytest.param({"origin": "http://evil.example/http://testserver"}, id="host-in-the-path"),
        pytest.param({"origin": "http://testserver:81"}, id="other-port"),
        pytest.param({"origin": "http://[bad"}, id="no-address-at-all"),
        pytest.param({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, id="contradiction"),
    ],
)
def test_other_sites_may_not_send_the_form(headers):
    with pytest.raises(PermissionDenied):
        post(**headers)


def test_reading_is_open_to_links_from_anywhere():
    request = RequestFactory().get("/", headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"})

    assert form_view(request).content == b"taken"


def test_no_cookie_is_needed(settings):
    assert form_view.csrf_exempt is True

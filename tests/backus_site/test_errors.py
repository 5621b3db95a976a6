import pytest
from django.test import Client, RequestFactory

from backus_site.errors import server_error
from tests.backus_site import test_headers

PHONE = "tel:+18608898331"


def test_the_page_for_a_server_error_asks_no_database(settings):
    # Without the django_db mark any query raises.
    settings.ROOT_URLCONF = test_headers.urls

    response = server_error(RequestFactory().get("/"))

    content = response.content.decode()
    assert response.status_code == 500
    assert PHONE in content
    assert "911" in content
    assert "Backus Hospital" in content


def test_a_broken_view_is_answered_with_that_page(settings):
    settings.ROOT_URLCONF = test_headers.urls

    response = Client(raise_request_exception=False).get("/broken/")

    assert response.status_code == 500
    assert PHONE in response.content.decode()
    assert "broken on purpose" not in response.content.decode()


def test_a_broken_view_under_es_is_answered_too(settings):
    settings.ROOT_URLCONF = test_headers.urls

    assert Client(raise_request_exception=False).get("/es/broken/", headers={"host": "evil.example"}).status_code == 400


def test_a_forged_host_is_answered_without_the_database():
    response = Client(raise_request_exception=False).get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    assert PHONE in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ask", "status", "heading"),
    [
        (lambda client: client.get("/no-such-page/"), 404, "404"),
        (lambda client: client.get("/forbidden/"), 403, "403"),
        (lambda client: client.post("/admin/login/", {"username": "a"}), 403, "403"),
    ],
    ids=["not-found", "forbidden", "csrf"],
)
def test_what_went_wrong_is_told_in_the_sites_own_design(settings, ask, status, heading):
    settings.ROOT_URLCONF = test_headers.urls

    response = ask(Client(enforce_csrf_checks=True))

    content = response.content.decode()
    assert response.status_code == status
    assert heading in content
    assert content.count("<h1") == 1
    assert 'name="robots" content="noindex"' in content
    assert 'rel="canonical"' not in content
    assert 'class="skip-link"' in content


@pytest.mark.django_db
def test_a_page_that_is_not_there_prints_no_part_of_its_address(client):
    assert "<script>alert" not in client.get("/<script>alert(1)</script>/").content.decode()

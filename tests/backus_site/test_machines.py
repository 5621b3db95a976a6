import json
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
import time_machine
from django.db import OperationalError, connection

from tests.responses import body_of


def lines_of(response):
    return response.content.decode().splitlines()


def test_healthz_says_that_the_process_answers_without_the_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_that_pages_can_be_served(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_that_the_database_does_not_answer(client):
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


def test_a_demonstration_is_not_for_search_engines(client, settings):
    settings.SITE_URL, settings.DEMONSTRATION = "https://www.example.org", True

    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines_of(response)[:3] == ["User-agent: *", "Disallow: /", ""]


def test_search_engines_keep_out_of_the_admin_and_may_read_that_results_are_not_for_them(client, settings):
    settings.SITE_URL, settings.DEMONSTRATION = "https://www.example.org", False

    assert lines_of(client.get("/robots.txt")) == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: https://www.example.org/sitemap.xml",
        "Sitemap: https://www.example.org/news/sitemap.xml",
    ]


@pytest.mark.parametrize(
    ("contact", "shown"),
    [("", "https://www.example.org/contact/"), ("mailto:security@example.org", "mailto:security@example.org")],
)
def test_security_txt_has_the_fields_of_rfc_9116(client, settings, contact, shown):
    settings.SITE_URL, settings.SECURITY_CONTACT = "https://www.example.org", contact

    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC)):
        response = client.get("/.well-known/security.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines_of(response) == [
        f"Contact: {shown}",
        "Expires: 2027-01-31T00:00:00Z",
        "Preferred-Languages: en, es",
        "Canonical: https://www.example.org/.well-known/security.txt",
    ]


@pytest.mark.django_db
def test_the_manifest_names_icons_that_are_there(client):
    response = client.get("/site.webmanifest")

    manifest = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["start_url"]) == ("Backus Hospital, Norwich, Connecticut", "/")
    for icon in manifest["icons"]:
        picture = client.get(icon["src"])
        body_of(picture)
        assert (picture.status_code, picture["Content-Type"]) == (200, icon["type"])


@pytest.mark.django_db
def test_the_icon_that_browsers_ask_for_is_there(client):
    response = client.get("/favicon.ico", follow=True)
    body_of(response)

    assert response.status_code == 200
    assert response["Content-Type"] in ("image/x-icon", "image/vnd.microsoft.icon")

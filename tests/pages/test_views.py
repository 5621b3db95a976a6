from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pages.models import Block
from tests.factories import (
    create_alert,
    create_block,
    create_department,
    create_editor,
    create_page,
    create_reading,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def test_the_home_page_of_a_new_site_is_a_page(client):
    response = client.get("/")

    assert response.status_code == 200
    assert response.context["head"].full_title == "Backus Hospital, Norwich, Connecticut"
    assert response.content.decode().count("<h1") == 1


def test_the_home_page_is_what_the_editor_composed(client):
    home = create_page(path="", title="Welcome", lead="Here for you.")
    create_block(page=home, kind=Block.Kind.TEXT, heading="“Café”", text="<p>Open daily.</p>")

    content = client.get("/").content.decode()

    assert "“Café”" in content
    assert "<p>Open daily.</p>" in content


def test_a_standing_page_answers_at_its_path(client):
    create_page(path="community/food-pantry", title="Food pantry")

    response = client.get("/community/food-pantry/")

    assert (response.status_code, response.context["page"].title) == (200, "Food pantry")
    assert response.context["head"].full_title == "Food pantry · Backus Hospital"


@pytest.mark.parametrize(
    "path",
    [
        *("no-such", "community/no-such", "%00", "a%00b", "..", "%2e%2e/etc/passwd", "a" * 201, "a/" * 500, "é", "%ff"),
        *("'", '"', "<script>", "a%0ab", "%f0%9f%91%a9", "-1", "99999999999999999999", "es/no-such", "es/es"),
    ],
)
def test_no_path_is_an_error(client, path):
    create_page(path="community")

    assert client.get(f"/{path}/").status_code == 404


def test_a_page_in_spanish_is_shown_in_spanish(client, settings):
    settings.SITE_URL = "https://www.example.org"
    create_page(path="community", title="Community")
    create_page(path="community", title="Comunidad", language="es")

    spanish = client.get("/es/community/")

    assert (spanish.context["page"].title, spanish.context["content_language"]) == ("Comunidad", "es")
    assert spanish.context["head"].canonical == "https://www.example.org/es/community/"
    assert '<html lang="es">' in spanish.content.decode()
    assert "todavía no está en español" not in spanish.content.decode()
    assert client.get("/community/").context["page"].title == "Community"


def test_a_page_without_a_translation_has_the_english_address_as_its_own(client, settings):
    settings.SITE_URL = "https://www.example.org"
    create_page(path="community")

    response = client.get("/es/community/")

    assert response.context["content_language"] == "en"
    assert response.context["head"].canonical == "https://www.example.org/community/"


def test_a_draft_is_there_for_its_editors_only_and_kept_in_no_cache(client):
    create_page(path="community", published_at=None)
    assert client.get("/community/").status_code == 404

    client.force_login(create_editor(permissions=["change_page"]))
    response = client.get("/community/")

    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_a_page_with_waits_is_kept_no_longer_than_they_are(client):
    home, other = create_page(path=""), create_page(path="community")
    create_block(page=home, kind=Block.Kind.SECTION, section=Block.Section.ER_WAITS, heading="Waits")
    department = create_department(plain_minutes=15, shown_minutes=60)
    create_reading(department=department, observed_at=NOON - timedelta(minutes=14, seconds=30))

    with time_machine.travel(NOON, tick=False):
        response = client.get("/")

    assert set(response["Cache-Control"].split(", ")) == {"public", "must-revalidate", "max-age=30"}
    assert "Cache-Control" not in client.get(f"/{other.path}/")


def test_an_alert_stands_on_every_page(client):
    create_alert(heading="Snow & <ice>", text="Use the “North” door.\nPark behind the house.")

    for address in ("/", "/news/", "/contact/", "/no-such-page/"):
        content = client.get(address).content.decode()
        assert "Snow &amp; &lt;ice&gt;" in content
        assert "Use the “North” door." in content


@pytest.mark.parametrize("rows", [1, 3])
def test_the_home_page_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    home = create_page(path="")
    for _ in range(rows):
        create_block(page=home, kind=Block.Kind.TEXT, text="<p>a</p>")
        create_block(page=home, kind=Block.Kind.FIGURE, value="1", label="a")

    with django_assert_num_queries(3 + 2):  # the frame; the page, its blocks
        assert client.get("/").status_code == 200

"""Uploaded files, as they are sent."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from publishing.sending import LARGEST_PART
from publishing.views import CONTENT_TYPES
from tests.responses import body_of

pytestmark = pytest.mark.django_db

BODY = bytes(range(100))


@pytest.fixture
def stored():
    name = default_storage.save("videos/film.mp4", ContentFile(BODY))
    yield name
    default_storage.delete(name)


def test_a_file_comes_whole_and_cannot_be_taken_for_anything_else(client, stored):
    response = client.get(f"/media/{stored}")

    assert response.status_code == 200
    assert body_of(response) == BODY
    assert {name: response[name] for name in HEADERS} == HEADERS


HEADERS = {
    "Content-Type": "video/mp4",
    "Content-Length": "100",
    "Accept-Ranges": "bytes",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@pytest.mark.parametrize(("extension", "content_type"), CONTENT_TYPES.items())
def test_every_kind_of_file_has_its_own_type(client, extension, content_type):
    name = default_storage.save(f"videos/a.{extension}", ContentFile(BODY))

    response = client.get(f"/media/{name}")
    body_of(response)

    assert response["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=0-1", 0, 1),
        ("bytes=0-0", 0, 0),
        ("bytes=99-99", 99, 99),
        ("bytes=50-", 50, 99),
        ("bytes=90-5000", 90, 99),
        ("bytes=99-", 99, 99),
    ],
)
def test_a_part_is_sent_where_one_is_asked_for(client, stored, asked, first, last):
    response = client.get(f"/media/{stored}", headers={"range": asked})

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body_of(response) == BODY[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=5-4", "bytes=999999999999-"])
def test_a_part_beyond_the_end_is_refused(client, stored, asked):
    response = client.get(f"/media/{stored}", headers={"range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */100"


@pytest.mark.parametrize(
    "asked", ["bytes=-5", "bytes=0-1,5-6", "bytes=a-b", "lines=1-2", "bytes", "bytes=" + "9" * 99 + "-"]
)
def test_a_range_that_is_not_understood_gets_the_whole_file(client, stored, asked):
    response = client.get(f"/media/{stored}", headers={"range": asked})

    assert response.status_code == 200
    assert body_of(response) == BODY


@pytest.mark.parametrize(
    "path",
    [
        "videos/not-there.mp4",
        "../secret_key",
        "../secret_key.mp4",
        "videos/../../secret_key",
        "%2e%2e/secret_key.mp4",
        "..%2f..%2fetc/passwd.png",
        "/etc/passwd.png",
        "//etc/passwd.png",
        "videos",
        "videos/",
        "a.mp4/",
        "%00.mp4",
        "a%00.mp4",
        "a.svg",
        "a.html",
        "a",
        "a" * 300 + ".mp4",
        "a/" * 2000 + "a.mp4",
        "%ff.mp4",
    ],
)
def test_what_is_not_there_or_not_for_everybody_is_not_found(client, stored, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js", "text.txt", "film.mp4.html", "noextension"])
def test_a_file_of_another_kind_is_never_sent(client, name):
    stored = default_storage.save(f"videos/{name}", ContentFile(b"<script>alert(1)</script>"))

    assert client.get(f"/media/{stored}").status_code == 404


def test_a_folder_named_like_a_film_is_not_found(client):
    default_storage.save("videos/folder.mp4/inside.mp4", ContentFile(b""))

    assert client.get("/media/videos/folder.mp4").status_code == 404


def test_an_empty_file_has_no_part_to_send(client):
    name = default_storage.save("videos/empty.mp4", ContentFile(b""))

    assert client.get(f"/media/{name}", headers={"range": "bytes=0-"}).status_code == 416


def test_only_reading_is_allowed(client, stored):
    assert client.post(f"/media/{stored}").status_code == 405
    assert client.delete(f"/media/{stored}").status_code == 405


def test_a_large_film_is_sent_in_parts(client, settings):
    name = default_storage.save("videos/large.mp4", ContentFile(bytes(LARGEST_PART + 10)))

    response = client.get(f"/media/{name}", headers={"range": "bytes=5-"})

    assert response["Content-Range"] == f"bytes 5-{LARGEST_PART + 4}/{LARGEST_PART + 10}"
    assert len(response.content) == LARGEST_PART

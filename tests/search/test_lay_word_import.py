"""Importing lay words: an account of every row first, then all or the good ones."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from search.engine import find
from search.lay_word_files import read
from search.lay_word_import import account_of
from search.models import LayWord
from search.rebuilding import rebuild
from tests.factories import create_editor, create_service

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/search/layword/import/"
FILE = b"""words,means,language
heart doctor,cardiology,en
Burns,emergency department; burn unit,en
skin doctor,dermatology,en
,,
skin doctors,dermatology,en
bone doctor,orthopedics,fr
tooth,,en
"""


@pytest.fixture
def listed():
    LayWord.objects.create(words="heart doctor", means="cardiology", language="en")
    LayWord.objects.create(words="burn", means="emergency department", language="en")


@pytest.fixture
def editor(client):
    editor = create_editor(permissions=["view_layword", "add_layword", "change_layword"])
    client.force_login(editor)
    return editor


def stored():
    return list(LayWord.objects.values_list("words", "means", "language"))


def upload(client, content=FILE):
    return client.post(ADDRESS, {"file": SimpleUploadedFile("words.csv", content)})


def confirm(client, page, **choices):
    """Press the button of the preview `page`."""
    form = page.context["form"]
    return client.post(ADDRESS, {"rows": form["rows"].value(), "digest": form["digest"].value(), **choices})


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_every_row_is_accounted_for(listed, django_assert_num_queries):
    lines = read(FILE).lines

    with django_assert_num_queries(1):
        account = account_of(lines)

    assert [change.line.number for change in account.unchanged] == [2]
    assert [(change.line.number, change.before.words) for change in account.changed] == [(3, "burn")]
    assert [change.line.number for change in account.new] == [4]
    assert [change.line.number for change in account.empty] == [5]
    assert [(change.line.number, change.reason) for change in account.refused] == [
        (6, "Row 4 has the same words: capitals, accents and plurals make no other."),
        (7, "The language must be en or es, not “fr”."),
        (8, "Write at least one word that stands on the site, such as cardiology."),
    ]
    assert account.total == len(lines) == 7


def test_the_preview_stores_nothing(client, editor, listed):
    page = upload(client)

    body = page.content.decode()
    assert page.status_code == 200
    assert [
        f"{name}: {number}" in body for name, number in (("New", 1), ("Changed", 1), ("Unchanged", 1), ("Refused", 3))
    ]
    assert "Empty rows: 1" in body
    assert len(stored()) == 2


def test_good_rows_are_taken_where_the_others_are_left_out(client, editor, listed):
    page = upload(client)

    response = confirm(client, page, refused="leave out")

    assert response.status_code == 302
    assert stored() == [
        ("Burns", "emergency department; burn unit", "en"),
        ("heart doctor", "cardiology", "en"),
        ("skin doctor", "dermatology", "en"),
    ]
    assert messages_of(client.get(response["Location"])) == [
        "Imported: 1 added, 1 changed. As they were: 1. Left out: 3."
    ]
    assert LogEntry.objects.filter(user=editor).count() == 2


def test_nothing_is_taken_while_rows_are_refused(client, editor, listed):
    before = stored()

    response = confirm(client, upload(client), refused="stop")

    assert stored() == before
    assert messages_of(response)[0].startswith("Nothing is imported: ")
    assert response.context["account"].total == 7


def test_a_file_without_a_refused_row_needs_no_choice(client, editor):
    confirm(client, upload(client, b'words;means;language\ncoraz\xf3n;"cardiology; heart";ES\n'))

    assert stored() == [("corazón", "cardiology; heart", "es")]


def test_what_was_imported_is_found_at_once(client, editor):
    create_service(name="Dermatology")
    rebuild()
    assert find("pimples").results == []

    confirm(client, upload(client, b"words,means,language\npimples,dermatology,en\n"))

    assert [result.entry.title for result in find("pimples").results] == ["Dermatology"]


def test_a_list_that_was_changed_meanwhile_is_looked_at_again(client, editor, listed):
    page = upload(client)
    LayWord.objects.filter(words="heart doctor").update(means="heart center")
    before = stored()

    response = confirm(client, page, refused="leave out")

    assert stored() == before
    assert messages_of(response) == [
        "Nothing is imported yet: somebody has changed the list meanwhile. Look at it once more."
    ]
    assert len(response.context["account"].changed) == 2
    confirm(client, response, refused="leave out")
    assert ("heart doctor", "cardiology", "en") in stored()


def test_a_second_press_of_the_button_changes_nothing(client, editor, listed):
    page = upload(client)
    confirm(client, page, refused="leave out")
    after = stored()

    response = confirm(client, page, refused="leave out")

    assert (response.status_code, stored()) == (200, after)


@pytest.mark.parametrize("rows", ["", "x", "eyJhIjoxfQ:1abc:xyz", "\0"])
def test_rows_that_were_not_previewed_are_not_taken(client, editor, rows):
    response = client.post(ADDRESS, {"rows": rows, "digest": "x"})

    assert response.status_code == 302
    assert stored() == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nothing", b"\x00\x01\x02", b"words,means,language\n"])
def test_a_hostile_file_gets_a_page(client, editor, content):
    assert upload(client, content).status_code == 200
    assert stored() == []


def test_no_file_is_told(client, editor):
    assert "Choose a file first." in client.post(ADDRESS).content.decode()


def test_many_rows_survive_the_preview(client, editor):
    rows = "".join(f"word{number},meaning {number} of a hospital,en\n" for number in range(600))

    page = upload(client, f"words,means,language\n{rows}".encode())
    confirm(client, page)

    assert LayWord.objects.count() == 600


def test_who_may_only_look_may_not_import(client):
    client.force_login(create_editor(permissions=["view_layword"]))

    assert [client.get(ADDRESS).status_code, upload(client).status_code] == [403, 403]

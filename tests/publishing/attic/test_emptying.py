"""The attic: what is deleted for good, and only that."""

import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from publishing.attic import attic
from publishing.models import AuditEntry
from tests.factories import create_document, pdf_bytes
from tests.publishing.attic.folders import put_away, stored

pytestmark = pytest.mark.django_db


def empty(capsys, *options):
    call_command("empty_attic", *options)
    return capsys.readouterr().out.splitlines()


def age(name, *, days):
    then = time.time() - days * 86400
    os.utime(attic().path(name), (then, then))


@pytest.fixture
def two_put_away(committed):
    names = []
    for text in ("one", "two"):
        document = create_document(content=pdf_bytes(text))
        with committed():
            document.delete()
        names.append(document.file.name)
    return names


def test_what_was_put_away_long_ago_is_deleted_for_good(two_put_away, capsys):
    old, young = two_put_away
    age(old, days=366)
    age(young, days=364)

    size = f"{len(pdf_bytes('one'))}\xa0bytes"
    assert empty(capsys) == [f"Deleted: {old} ({size})", "Files deleted: 1"]
    assert put_away() == {young}
    assert empty(capsys) == ["Files deleted: 0"]
    assert len(empty(capsys, "--older-than-days", "0")) == 2
    assert put_away() == set()


def test_the_age_counts_from_when_it_was_put_away_not_from_when_it_was_uploaded(committed, capsys):
    document = create_document()
    then = time.time() - 1000 * 86400
    os.utime(document.file.path, (then, then))
    with committed():
        document.delete()

    assert empty(capsys) == ["Files deleted: 0"]


@pytest.mark.parametrize("written", ["{}", "/media/{}", "https://www.example.org/media/{}"])
def test_one_file_is_deleted_by_its_name_or_address_and_the_log_says_so(two_put_away, capsys, written):
    name, other = two_put_away

    assert empty(capsys, "--name", written.format(name))[-1] == "Files deleted: 1"

    assert put_away() == {other}
    entry = AuditEntry.objects.get(action=AuditEntry.Action.DELETED)
    assert entry.details == f"Deleted for good from the attic: {name}"


def test_a_file_that_could_not_be_put_away_is_deleted_by_its_name_too(two_put_away, capsys):
    name, other = two_put_away
    default_storage.save(name, ContentFile(pdf_bytes("one")))
    attic().delete(name)

    empty(capsys, "--name", name)

    assert (stored(), put_away()) == (set(), {other})


@pytest.mark.parametrize("name", ["images/2026/nothing.jpg", "../secret_key", "/etc/passwd", "images", "."])
def test_a_name_of_nothing_is_refused_with_a_sentence(two_put_away, name):
    with pytest.raises(CommandError):
        call_command("empty_attic", "--name", name)

    assert put_away() == set(two_put_away)


def test_what_is_in_use_is_not_deleted(capsys):
    name = create_document().file.name

    with pytest.raises(CommandError, match="is in use"):
        call_command("empty_attic", "--name", name)

    assert stored() == {name}


def test_the_list_deletes_nothing(two_put_away, capsys):
    lines = empty(capsys, "--list", "--older-than-days", "0")

    assert [line.split("  ")[1] for line in lines] == sorted(two_put_away)
    assert put_away() == set(two_put_away)


def test_an_attic_that_was_never_used_is_empty(capsys):
    assert empty(capsys) == ["Files deleted: 0"]


def test_less_than_no_days_are_refused():
    with pytest.raises(CommandError, match="cannot be less than 0"):
        call_command("empty_attic", "--older-than-days", "-1")

"""What lies in the two folders, and what goes there."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from publishing.attic import attic
from tests.factories import picture_bytes
from tests.responses import body_of

FILM = b"\x00\x00\x00\x18ftypmp42"


def stored():
    """Return the names of all files in the media folder."""
    return names_below(default_storage.location)


def put_away():
    return names_below(attic().location)


def names_below(folder):
    return {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()}


def opens(client, name):
    response = client.get(f"/media/{name}")
    body_of(response)
    return response.status_code == 200


def replace(thing, content, name):
    thing.file = ContentFile(content, name=name)
    thing.full_clean()
    thing.save()


def picture_of(colour):
    return picture_bytes(file_format="JPEG", colour=colour)

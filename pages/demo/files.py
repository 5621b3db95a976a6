"""Where the files of the demonstration stand, and how they are read."""

import tomllib
from pathlib import Path

from django.core.files.base import ContentFile

HERE = Path(__file__).resolve().parent
CONTENT = HERE / "content"


def read(name):
    """Return content/<name>.toml as a dict."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def upload(folder, name):
    """Return <folder>/<name> as an editor's upload would arrive."""
    return ContentFile((HERE / folder / name).read_bytes(), name=name)

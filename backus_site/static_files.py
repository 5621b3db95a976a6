"""How the static files are stored when they are collected: hashed, compressed, one stylesheet a page."""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEETS = ("css/site.css", "css/widget.css", "css/admin-desk.css")
IMPORT = re.compile(r'@import "(?P<name>[^"]+)";\n?')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
URL = re.compile(r'url\("(?P<name>\.[^"]+)"\)')


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Write the parts of each stylesheet into it, so that a visitor makes one request for all of them.

    The parts stay small files with one subject in the repository, and there is no build to run.
    """

    def post_process(self, paths, dry_run=False, **options):
        for name in STYLESHEETS:
            if name in paths and not dry_run:
                whole = self._whole(paths, name)
                self.delete(name)
                self._save(name, ContentFile(COMMENT.sub("", whole).encode()))
                paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, dry_run, **options)

    def _whole(self, paths, name):
        """Return the text of the stylesheet `name` with its parts in the place of their names."""
        return IMPORT.sub(lambda match: self._part(paths, match["name"]), self._read(paths, name))

    def _part(self, paths, name):
        """Return the part's text with its addresses as seen from the stylesheet."""
        folder = posixpath.dirname(posixpath.join("css", name))
        return URL.sub(
            lambda match: f'url("{posixpath.relpath(posixpath.join(folder, match["name"]), "css")}")',
            self._read(paths, posixpath.join("css", name)),
        )

    def _read(self, paths, name):
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()

"""How the static files are stored when they are collected: hashed, compressed, one stylesheet."""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import "(?P<name>[^"]+)";\n?')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
URL = re.compile(r'url\("(?P<name>\.[^"]+)"\)')


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Write the parts of site.css into it, so that a visitor makes one request for all of them.

    The parts stay small files with one subject in the repository, and there is no build to run.
    """

    def post_process(self, paths, dry_run=False, **options):
        if STYLESHEET in paths and not dry_run:
            whole = IMPORT.sub(lambda match: self._part(paths, match["name"]), self._read(paths, STYLESHEET))
            self.delete(STYLESHEET)
            self._save(STYLESHEET, ContentFile(COMMENT.sub("", whole).encode()))
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)

    def _part(self, paths, name):
        """Return the part's text with its addresses as seen from site.css."""
        folder = posixpath.dirname(posixpath.join("css", name))
        return URL.sub(
            lambda match: f'url("{posixpath.relpath(posixpath.join(folder, match["name"]), "css")}")',
            self._read(paths, posixpath.join("css", name)),
        )

    def _read(self, paths, name):
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()

"""Deleting for good what was put away: after a year, or at once where a consent was withdrawn."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from publishing import audit
from publishing.attic import attic, is_named, settle


class Command(BaseCommand):
    help = "Delete for good the files that were put away long ago, or one file by its name. It cannot be undone."

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than-days", type=int, default=365, help="Leave what was put away within so many days; 365."
        )
        parser.add_argument("--name", help="Delete this file alone, whenever it was put away: its name or address.")
        parser.add_argument("--list", action="store_true", help="Print what lies there, and delete nothing.")

    def handle(self, *, older_than_days, name, **options):
        if older_than_days < 0:
            raise CommandError("--older-than-days cannot be less than 0.")
        if options["list"]:
            for path in files():
                self.stdout.write(f"{put_away_at(path):%Y-%m-%d}  {name_of(path)}  ({size_of(path)})")
            return
        chosen = [self._one(name)] if name else self._older_than(timedelta(days=older_than_days))
        for path in chosen:
            line = f"{name_of(path)} ({size_of(path)})"
            path.unlink(missing_ok=True)
            audit.record(audit.Action.DELETED, details=f"Deleted for good from the attic: {name_of(path)}")
            self.stdout.write(f"Deleted: {line}")
        self.stdout.write(f"Files deleted: {len(chosen)}")

    def _one(self, name):
        name = name.partition(settings.MEDIA_URL)[2] or name
        try:
            path = Path(attic().path(name))
            there = path.is_file() or default_storage.exists(name)
        except (SuspiciousFileOperation, ValueError) as error:
            raise CommandError(f"This is no name of a stored file: {name}") from error
        if is_named(name):
            raise CommandError(f"{name} is in use. Delete or replace it in the library first.")
        if there:
            settle([name])  # whatever kept it from being put away
        if not path.is_file():
            raise CommandError(f"There is no such file in the attic: {name}")
        return path

    def _older_than(self, age):
        chosen = []
        for path in files():
            if put_away_at(path) > timezone.now() - age:
                continue
            if is_named(name_of(path)) and not default_storage.exists(name_of(path)):
                self.stderr.write(f"Left, since it is in use but could not be brought back: {name_of(path)}")
                continue
            chosen.append(path)
        return chosen


def files():
    """Return the paths of all files in the attic, sorted."""
    return sorted(path for path in Path(settings.ATTIC_ROOT).rglob("*") if path.is_file())


def name_of(path):
    return path.relative_to(Path(settings.ATTIC_ROOT)).as_posix()


def put_away_at(path):
    """Return when the file came to the attic, an aware datetime: the copy there was written then."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def size_of(path):
    return filesizeformat(path.stat().st_size)

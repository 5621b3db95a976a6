"""How long the files of past imports are kept."""

from datetime import time, timedelta

from django.utils import timezone

from publishing.jobs import Daily

from ..models import ImportLine, ImportRun

KEPT_FOR = timedelta(days=90)
AT_FOUR = Daily(time(4))


def delete_old_imports(now=None):
    """Delete runs, and their lines, that were begun longer ago than `KEPT_FOR`. Returns how many runs."""
    old = ImportRun.objects.filter(created_at__lt=(now or timezone.now()) - KEPT_FOR)
    ImportLine.objects.filter(run__in=old).delete()
    return old.delete()[0]

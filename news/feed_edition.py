"""Whether a feed is another than the one a reader has, found without writing it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import get_language

from publishing.local_time import local_midnight
from publishing.models import AuditEntry

from .models import Article
from .shelves import Shelf

ITEMS = 20
FORM = 1  # to be raised when feeds are written in another way


@dataclass(frozen=True)
class Edition:
    """`etag` is quoted as HTTP wants it; `changed_at` (aware) is when it last may have become another.

    Both are new each day: what a post names, a topic or a person, may have been renamed.
    """

    etag: str
    changed_at: datetime


def edition(path, topic, at):
    """Return the Edition of the feed at `path` about `topic` (None: all posts) at `at`, an aware datetime."""
    posts = Shelf(topic=topic).versions(ITEMS, at)
    parts = [FORM, settings.SITE_URL, settings.SITE_NAME, path, get_language(), topic, timezone.localdate(at), *posts]
    etag = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]
    return Edition(f'"{etag}"', max(_instants(at, posts)))


def _instants(at, posts):
    """Yield the instants at which the feed may have changed: a post came, was edited or taken down, or its time ended.

    A post that was deleted left no trace but the desk's log, where the last act of any kind is found at once.
    """
    yield local_midnight(timezone.localdate(at))
    yield from (published_at for _pk, _changed_at, published_at in posts)
    ended = Article.objects.filter(expires_at__lte=at).order_by("-expires_at").values("expires_at")[:1]
    acted = AuditEntry.objects.order_by("-at").values("at")[:1]
    changed = Article.objects.order_by("-changed_at")
    last = changed.values_list("changed_at", Subquery(ended), Subquery(acted)).first() or ()
    yield from (min(instant, at) for instant in last if instant)

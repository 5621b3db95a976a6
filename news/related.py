"""The news about a service: posts of the topics that name it."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from directory.related import RelatedLink, RelatedLinks

from .candidates import newest_of_each
from .models import Article, Topic

SHOWN = 3
LOOKED_AT = 12  # of each topic: some of the newest may have been taken down


def posts_about(service, at):
    """Return the RelatedLinks of the newest posts about `service` that the public may read at `at`."""
    queries = newest_of_each(Topic.objects.filter(services=service), LOOKED_AT, at)
    rows = set(queries[0].union(*queries[1:], all=True)) if queries else set()
    newest = sorted(rows, key=lambda row: (row[-1], row[1]), reverse=True)[:SHOWN]
    return RelatedLinks(
        _("News"),
        [
            RelatedLink(
                headline, Article(slug=slug).get_absolute_url(), date_format(localtime(published_at), "DATE_FORMAT")
            )
            for _number, _pk, headline, slug, _language, published_at in newest
        ],
    )

"""The news about a service: posts of the topics that name it."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from directory.related import RelatedLink, RelatedLinks

from .models import Article

SHOWN = 3


def posts_about(service, at):
    """Return the RelatedLinks of the newest posts about `service` that the public may read at `at`."""
    posts = Article.objects.published(at).filter(topics__services=service).distinct().newest_first()[:SHOWN]
    return RelatedLinks(
        _("News"),
        [
            RelatedLink(
                post.headline, post.get_absolute_url(), date_format(localtime(post.published_at), "DATE_FORMAT")
            )
            for post in posts
        ],
    )

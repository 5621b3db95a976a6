from django.utils.translation import gettext_lazy as _

from search.sources import Document, Source, register

from .models import Article


def register_sources():
    register(
        Source(
            "article",
            _("News"),
            lambda: Article.objects.published().newest_first(),
            ("headline", "summary", "body", "byline"),
            lambda article: Document(article.headline, article.get_absolute_url(), article.opening),
            rank=60,
        )
    )

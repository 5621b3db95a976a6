from django.conf import settings
from django.utils.translation import gettext_lazy as _

from publishing.excerpts import plain_text
from search.sources import Document, Source, own_path, register

from .models import Article, Topic


def article_documents(article):
    yield Document(
        language=settings.LANGUAGE_CODE,
        title=article.headline,
        path=own_path(article),
        summary=article.summary,
        text=plain_text(f"{article.body} {article.byline} {article.byline_title}"),
        topics=tuple((topic.slug, topic.name) for topic in article.topics.all()),
        dated=article.published_at,
        shown_from=article.published_at,
        shown_until=article.expires_at,
        demonstration=article.demonstration,
    )


def register_sources():
    register(
        Source(
            "article",
            _("News"),
            Article,
            lambda: Article.objects.filter(published_at__isnull=False).prefetch_related("topics"),
            article_documents,
            points=10,
            dated=True,
            parts={Topic: lambda topic: topic.articles.values_list("pk", flat=True)},
        )
    )

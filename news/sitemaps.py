from datetime import timedelta

from django.conf import settings
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from publishing import instant
from publishing.head import absolute
from publishing.sitemaps import PublishableSitemap

from .feed_text import printable
from .models import Article, CafeMenu

NEWS_FOR = timedelta(days=2)  # what a news search takes for news, and the most that it reads of it
MOST = 1_000


class ArticleSitemap(PublishableSitemap):
    model = Article

    def items(self):
        return super().items().only("slug", "changed_at", "published_at")

    def lastmod(self, article):
        return article.updated_at


class CafeMenuSitemap(PublishableSitemap):
    model = CafeMenu


@require_safe
def news_sitemap(request):
    """Tell search engines for news what was published in the last two days."""
    at = instant.now()
    posts = Article.objects.published(at).filter(published_at__gt=at - NEWS_FOR).newest_first()[:MOST]
    rows = [
        {
            "address": absolute(post.get_absolute_url()),
            "title": printable(post.headline),
            "language": post.language.partition("-")[0],
            "published_at": post.published_at.isoformat(timespec="seconds"),
        }
        for post in posts.only("headline", "slug", "language", "published_at")
    ]
    context = {"publication": settings.SITE_NAME, "posts": rows}
    response = TemplateResponse(request, "news/sitemap.xml", context, content_type="application/xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response

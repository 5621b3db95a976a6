from django.contrib.sitemaps import Sitemap

from .models import Article


class ArticleSitemap(Sitemap):
    def items(self):
        return Article.objects.published().newest_first()

    def lastmod(self, article):
        return article.changed_at

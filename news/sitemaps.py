from django.contrib.sitemaps import Sitemap

from .models import Article, CafeMenu


class ArticleSitemap(Sitemap):
    def items(self):
        return Article.objects.published().newest_first()

    def lastmod(self, article):
        return article.changed_at


class CafeMenuSitemap(Sitemap):
    def items(self):
        return CafeMenu.objects.published().order_by("-week")

    def lastmod(self, menu):
        return menu.changed_at

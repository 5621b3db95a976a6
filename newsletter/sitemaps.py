from django.contrib.sitemaps import Sitemap

from .models import TextAlert


class TextAlertSitemap(Sitemap):
    def items(self):
        return TextAlert.objects.published()

    def lastmod(self, text_alert):
        return text_alert.changed_at

from django.contrib.sitemaps import Sitemap

from .models import Issue, TextAlert


class IssueSitemap(Sitemap):
    def items(self):
        return Issue.objects.published()

    def lastmod(self, issue):
        return issue.changed_at


class TextAlertSitemap(Sitemap):
    def items(self):
        return TextAlert.objects.published()

    def lastmod(self, text_alert):
        return text_alert.changed_at

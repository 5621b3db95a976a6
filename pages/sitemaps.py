from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from .models import Page


class PageSitemap(Sitemap):
    def items(self):
        return Page.objects.published().filter(language=settings.LANGUAGE_CODE)

    def lastmod(self, page):
        return page.changed_at


class SectionSitemap(Sitemap):
    """The pages that begin each part of the site."""

    def items(self):
        return [
            "ertimes:board",
            "ertimes:care_guide",
            "ertimes:open_data",
            "news:article_list",
            "news:press_releases",
            "news:notices",
            "cafe:menu",
            "events:event_list",
            "directory:contact_list",
            "directory:contact_print",
            "directory:open_data",
            "directory:service_list",
            "directory:location_list",
            "directory:person_list",
            "newsletter:subscribe",
            "newsletter:issue_list",
            "newsletter:text_alert_list",
        ]

    def location(self, name):
        return reverse(name)

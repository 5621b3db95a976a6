from django.contrib.sitemaps import Sitemap

from .models import Location, Person, Service


class _DirectorySitemap(Sitemap):
    model = None

    def items(self):
        return self.model.objects.published().order_by("pk")

    def lastmod(self, thing):
        return thing.changed_at


class ServiceSitemap(_DirectorySitemap):
    model = Service


class LocationSitemap(_DirectorySitemap):
    model = Location


class PersonSitemap(_DirectorySitemap):
    model = Person

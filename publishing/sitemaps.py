"""Sitemaps of things of which there may be very many: cut by key and not counted, so that each part costs the same."""

from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, Page, PageNotAnInteger
from django.db.models import Max


class _KeyRanges:
    """Cuts a queryset into pages of neighbouring keys: the first one has the keys below `size`. Some may be empty."""

    def __init__(self, rows, size):
        self.rows, self.size = rows, size

    @property
    def num_pages(self):
        last = self.rows.model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        return last // self.size + 1

    def page(self, number):
        try:
            number = int(number)
        except (TypeError, ValueError) as error:
            raise PageNotAnInteger("no number") from error
        if not 1 <= number <= self.num_pages:
            raise EmptyPage("no such page")
        begin = (number - 1) * self.size
        return Page(self.rows.filter(pk__gte=begin, pk__lt=begin + self.size), number, self)


class PublishableSitemap(Sitemap):
    """All of `model`, a Publishable, that the public may read."""

    model = None
    limit = 1_000  # addresses in one file, which is written in a tenth of a second

    def items(self):
        return self.model.objects.published().order_by("pk")

    @property
    def paginator(self):
        return _KeyRanges(self.items(), self.limit)

    def lastmod(self, thing):
        return thing.changed_at

    def get_latest_lastmod(self):
        return self.model._base_manager.aggregate(last=Max("changed_at"))["last"]

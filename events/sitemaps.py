from publishing.sitemaps import PublishableSitemap

from .models import Event


class EventSitemap(PublishableSitemap):
    model = Event

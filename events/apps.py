from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from directory.related import register_related

        from .models import Event
        from .related import events_of
        from .search import register_sources

        register_sources()
        register_related(events_of)
        track(Event)

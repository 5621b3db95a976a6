from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from .models import Event
        from .search import register_sources

        register_sources()
        track(Event)

from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from directory.related import register_related
        from publishing.checks import register_check
        from publishing.consequences import register_consequences
        from publishing.dashboard import register_panel
        from publishing.jobs import Daily, register_job

        from .checks import CHECKS
        from .consequences import dates_that_change
        from .dates import write_dates_ahead
        from .following import follow_events
        from .models import Event
        from .panels import unsent
        from .related import events_of
        from .search import refresh_passed, register_sources
        from .tasks import delete_old_registrations, look_after_registrations

        register_sources()
        register_related(events_of)
        # What the dates of an event say is no content of its page: whatever version is shown, they hold.
        track(Event, parts=["questions"], acts=["starts_at", "ends_at", "sequence"])
        follow_events()
        register_consequences(dates_that_change, models=[Event])
        for check in CHECKS:
            register_check(check, models=[Event])
        register_job("events_search_dates", refresh_passed, every=timedelta(minutes=10))
        register_job("events_dates_ahead", write_dates_ahead, every=Daily(time(3, 30)))
        register_panel(unsent, place=6)
        register_job("look after registrations", look_after_registrations, every=timedelta(minutes=1))
        register_job("delete old registrations", delete_old_registrations, every=Daily(time(4, 10)))

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.dashboard import register_panel
from publishing.tracking import track


class ErTimesConfig(AppConfig):
    name = "ertimes"
    verbose_name = _("Emergency departments")

    def ready(self):
        # Models can be imported only now that the apps are loaded.
        from publishing.jobs import register_job

        from .arrival_panel import on_the_way
        from .arrivals import purge_arrival_notices
        from .concerns import forget_old_concerns
        from .hours import summarize_recent
        from .models import EmergencyDepartment
        from .panels import set_the_wait, stale_readings
        from .retention import delete_old_readings
        from .search import register_sources
        from .taken_events import forget_taken_events
        from .visits import forget_visits
        from .watching import watch_feeds

        register_sources()
        track(EmergencyDepartment)
        register_panel(on_the_way, place=4)
        register_panel(set_the_wait, place=5)
        register_panel(stale_readings, place=25)
        register_job("forget visits", forget_visits, every=timedelta(minutes=10))
        register_job("sum up ER waits", summarize_recent, every=timedelta(minutes=10))
        register_job("delete old ER readings", delete_old_readings, every=timedelta(minutes=10))
        register_job("watch the feeds of waits", watch_feeds, every=timedelta(minutes=1))
        register_job("forget old concerns", forget_old_concerns, every=timedelta(days=1))
        register_job("forget messages that were taken", forget_taken_events, every=timedelta(hours=1))
        register_job("purge arrival notices", purge_arrival_notices, every=timedelta(minutes=10))

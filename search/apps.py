from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.dashboard import register_panel


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        # Models can be imported only now that the apps are loaded. The features, which stand before this app in
        # INSTALLED_APPS, have registered their sources.
        from publishing.jobs import register_job

        from . import panels
        from .missed import forget_old_searches
        from .nightly import EVERY_NIGHT, ask_for_check
        from .watching import watch

        watch()
        register_job("forget old searches", forget_old_searches, every=timedelta(hours=1))
        register_job("compare index and content", ask_for_check, every=EVERY_NIGHT)
        register_panel(panels.missed, place=110)
        register_panel(panels.index_differed, place=120)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        # Models can be imported only now that the apps are loaded. The features, which stand before this app in
        # INSTALLED_APPS, have registered their sources.
        from .watching import watch

        watch()

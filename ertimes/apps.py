from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ErTimesConfig(AppConfig):
    name = "ertimes"
    verbose_name = _("Emergency departments")

    def ready(self):
        from .search import register_sources

        register_sources()

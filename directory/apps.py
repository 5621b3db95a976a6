from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self):
        # Models can be imported only now that the apps are loaded.
        from .checks import register_checks
        from .search import register_sources

        register_checks()
        register_sources()

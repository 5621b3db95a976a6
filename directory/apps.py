from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self):
        # Models can be imported only now that the apps are loaded.
        from .checks import register_checks
        from .models import Contact, Location, Person, Service
        from .search import register_sources

        register_checks()
        register_sources()
        track(Contact, parts=["numbers"])
        track(Location)
        track(Person)
        track(Service)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self):
        # Models can be imported only now that the apps are loaded.
        from publishing.checks import leave_unchecked, register_check
        from publishing.consequences import register_consequences
        from publishing.dashboard import register_panel
        from publishing.jobs import register_job

        from .checks import register_checks
        from .contradictions import check_location, check_person, check_service
        from .hours_troubles import check_hours
        from .imports.retention import AT_FOUR, delete_old_imports
        from .known_numbers import check_phone_numbers
        from .mentions.panels import numbers_to_decide
        from .mentions.tasks import EVERY_NIGHT, ask_for_comparison
        from .mentions.telling import numbers_in_texts
        from .mentions.watching import watch
        from .models import Contact, ContactNumber, Location, LocationHours, Offering, Person, Service
        from .panels import open_conflicts
        from .search import register_sources

        register_checks()
        register_sources()
        register_panel(open_conflicts, place=70)
        track(Contact, parts=["numbers"])
        # Who closes a place closes it now, whatever draft of its page waits.
        track(Location, parts=["hours_rows", "photos"], acts=["status", "status_note", "status_until"])
        track(Person)
        track(Service, parts=["offerings"])
        register_job("delete old imports of contacts", delete_old_imports, every=AT_FOUR)
        register_check(check_phone_numbers)
        register_check(check_hours, models=[Location])
        for check, model in [(check_location, Location), (check_service, Service), (check_person, Person)]:
            register_check(check, models=[model])
        leave_unchecked(Contact, "also_known_as", "source_note", "languages")
        leave_unchecked(ContactNumber, "spoken_label", "hours")
        leave_unchecked(Location, "also_known_as")
        leave_unchecked(LocationHours, "name")
        leave_unchecked(Person, "sort_name")
        leave_unchecked(Service, "also_known_as")
        leave_unchecked(Offering, "hours")
        watch()
        register_consequences(numbers_in_texts, models=[Contact])
        register_panel(numbers_to_decide, place=106)
        register_job("compare numbers in texts", ask_for_comparison, every=EVERY_NIGHT)

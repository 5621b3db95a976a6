from django.utils.translation import gettext_lazy as _

from search.sources import Document, Source, register

from .models import EmergencyDepartment


def department_document(department):
    """Return the Document of a department; no wait in it, which has its own rules of age."""
    also_known_as = "ER, ED, emergency room, emergency department, wait time, wait times"
    return Document(
        department.name, department.get_absolute_url(), _("Current wait, phone and directions."), also_known_as
    )


def register_sources():
    register(
        Source(
            "emergency_department",
            _("Emergency"),
            lambda: EmergencyDepartment.objects.published(),
            ("name", "location__name", "location__city"),
            department_document,
            rank=5,
        )
    )

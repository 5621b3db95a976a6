from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from directory.models import Location
from search.sources import Document, Source, own_path, register

from .answers import department_answer
from .models import EmergencyDepartment


def department_documents(department):
    """Return the Document of a department; no wait in it, which has its own rules of age."""
    with override(settings.LANGUAGE_CODE):
        summary = _("Current wait, phone and directions.")
    city = department.location.city if department.location else ""
    yield Document(
        language=settings.LANGUAGE_CODE,
        title=department.name,
        path=own_path(department),
        names=tuple(f"{name} {city}".strip() for name in ("ER", "ED", "emergency room", "emergency department")),
        summary=summary,
        shown_from=department.published_at,
        shown_until=department.expires_at,
        demonstration=department.demonstration,
    )


def register_sources():
    register(
        Source(
            "emergency_department",
            gettext_lazy("Emergency"),
            EmergencyDepartment,
            lambda: EmergencyDepartment.objects.filter(published_at__isnull=False).select_related("location"),
            department_documents,
            answer=department_answer,
            points=100,
            parts={Location: lambda location: location.emergency_departments.values_list("pk", flat=True)},
        )
    )

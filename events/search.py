from django.utils.translation import gettext_lazy as _

from search.sources import Document, Source, register

from .models import Event


def register_sources():
    register(
        Source(
            "event",
            _("Events"),
            lambda: Event.objects.published().order_by("-starts_at", "pk"),
            ("title", "summary", "body", "place"),
            lambda event: Document(event.title, event.get_absolute_url(), event.opening),
            rank=50,
        )
    )

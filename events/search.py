from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from directory.models import Location
from publishing.excerpts import plain_text
from search.sources import Document, Source, own_path, register

from .models import Event


def event_documents(event):
    where = [event.location.name if event.location else "", event.place]
    with override(settings.LANGUAGE_CODE):
        place = _("Online") if event.online else ", ".join(part for part in where if part)
    yield Document(
        language=settings.LANGUAGE_CODE,
        title=event.title,
        path=own_path(event),
        summary=event.summary,
        text=plain_text(" ".join([event.body, *where, event.audience, event.price, event.sign_up])),
        dated=event.starts_at,
        ends_at=event.ends_at,
        place=place,
        shown_from=event.published_at,
        shown_until=event.expires_at,
        demonstration=event.demonstration,
    )


def register_sources():
    register(
        Source(
            "event",
            gettext_lazy("Events"),
            Event,
            lambda: Event.objects.filter(published_at__isnull=False).select_related("location"),
            event_documents,
            points=30,
            asked_by=r"(class|classes|workshop|event|clase|curso|taller|evento)s?",
            dated=True,
            takes_place=True,
            parts={Location: lambda location: location.events.values_list("pk", flat=True)},
        )
    )

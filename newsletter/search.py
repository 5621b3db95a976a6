from django.conf import settings
from django.utils.translation import gettext_lazy as _

from publishing.excerpts import excerpt, plain_text
from search.sources import Document, Source, own_path, register

from .models import TextAlert


def text_alert_documents(text_alert):
    yield Document(
        language=settings.LANGUAGE_CODE,
        title=text_alert.name,
        path=own_path(text_alert),
        summary=excerpt(text_alert.what, 160),
        text=plain_text(f"{text_alert.keyword} {text_alert.short_code} {text_alert.what} {text_alert.how_often}"),
        shown_from=text_alert.published_at,
        shown_until=text_alert.expires_at,
        demonstration=text_alert.demonstration,
    )


def register_sources():
    register(
        Source(
            "textalert",
            _("Text alerts"),
            TextAlert,
            lambda: TextAlert.objects.filter(published_at__isnull=False),
            text_alert_documents,
            points=10,
        )
    )

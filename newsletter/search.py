"""What of the newsletters can be found: each that was sent, with the words it says itself, and the text alerts."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from publishing.excerpts import excerpt, plain_text
from search.sources import Document, Source, own_path, register

from .models import Block, Issue, TextAlert


def issue_documents(issue):
    """Return the Document of a newsletter. Its posts and events have their own."""
    blocks = issue.newsletter_block_set.all()
    yield Document(
        language=settings.LANGUAGE_CODE,
        title=issue.subject,
        path=own_path(issue),
        localized=False,
        summary=issue.preheader,
        text=plain_text(" ".join(f"{block.heading} {block.text} {block.caption}" for block in blocks)),
        dated=issue.published_at,
        shown_from=issue.published_at,
        shown_until=issue.expires_at,
        demonstration=issue.demonstration,
    )


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
            "issue",
            _("Newsletters"),
            Issue,
            lambda: Issue.objects.filter(published_at__isnull=False).prefetch_related("newsletter_block_set"),
            issue_documents,
            dated=True,
            parts={Block: lambda block: [block.parent_id]},
        )
    )
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

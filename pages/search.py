from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.models import Document as LibraryDocument
from search.sources import Document, Source, register

from .models import DocumentBlock, Page


def documents_on_pages():
    """Return the documents that stand on a page that the public may read now; others are found by nobody."""
    shown = DocumentBlock.objects.filter(parent__in=Page.objects.published())
    return LibraryDocument.objects.filter(pk__in=shown.values("document"))


def register_sources():
    register(
        Source(
            "page",
            _("Pages"),
            lambda: Page.objects.published().exclude(path="").filter(language=get_language()),
            ("title", "description", "lead", "pages_block_set__heading", "pages_block_set__text"),
            lambda page: Document(page.title, page.get_absolute_url(), page.description),
            rank=40,
        )
    )
    register(
        Source(
            "document",
            _("Documents"),
            documents_on_pages,
            ("title",),
            lambda document: Document(document.title, document.get_absolute_url(), document.kind_name),
            rank=45,
        )
    )

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search.sources import Document, Source, register

from .models import Page


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

import re

from content_editor.models import Region
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models import Image, Publishable, PublishableQuerySet

_PATH = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
# The first part of an address that another part of the site answers.
TAKEN = {
    *("admin", "api", "cafe", "contact", "documents", "er", "es", "events", "healthz", "locations", "media", "news"),
    *("newsletter", "people", "readyz", "search", "services", "static"),
}


def validate_path(path):
    """Raise ValidationError for a path that cannot be an address, or that another part of the site answers."""
    if not _PATH.fullmatch(path):
        raise ValidationError(_("Use small letters, digits and hyphens, with / between parts: community/food-pantry."))
    if path.split("/")[0] in TAKEN:
        raise ValidationError(_("This address belongs to another part of the site; choose another one."))


class PageQuerySet(PublishableQuerySet):
    def in_language(self, language):
        """Return the pages in `language` or, where there is none, in the site's own; those of `language` first."""
        own = settings.LANGUAGE_CODE
        return self.filter(language__in={language, own}).order_by(
            models.Case(models.When(language=language, then=0), default=1)
        )


class Page(Publishable):
    """A standing page, or the home page (whose `path` is empty), made of ordered blocks."""

    title = models.CharField(_("title"), max_length=120)
    path = models.CharField(
        _("address"),
        max_length=200,
        blank=True,
        validators=[validate_path],
        help_text=_("community, or community/food-pantry. Empty only for the home page."),
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences for search engines and shared links."),
    )
    lead = models.CharField(_("lead"), max_length=400, blank=True, help_text=_("Opening sentences below the title."))
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PageQuerySet.as_manager()

    regions = [Region(key="main", title=_("Blocks of the page, top to bottom"))]

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["path"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(fields=["path", "language"], name="pages_page_address_once"),
            models.CheckConstraint(
                condition=~Q(path__startswith="/") & ~Q(path__endswith="/"), name="pages_page_path_bare"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        prefix = "" if self.language == settings.LANGUAGE_CODE else f"/{self.language}"
        return f"{prefix}/{self.path}/" if self.path else f"{prefix}/"

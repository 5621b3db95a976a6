from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.addresses import link_is_complete, validate_address
from publishing.models import Image, Publishable
from publishing.rich_text import RichTextField


class Promotion(Publishable):
    """Something that the hospital or a sponsor advertises, said to be so, until its end date."""

    title = models.CharField(_("title"), max_length=160, unique=True)
    text = RichTextField(_("text"))
    footnote = models.TextField(
        _("footnote"), blank=True, help_text=_("Marked with * in the text and printed below it.")
    )
    sponsor = models.CharField(
        _("sponsor"), max_length=120, blank=True, help_text=_("Named above it, where somebody else pays.")
    )
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link_label = models.CharField(_("link text"), max_length=80, blank=True)
    link_address = models.CharField(_("link address"), max_length=300, blank=True, validators=[validate_address])

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["title"]
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        constraints = [
            *Publishable.Meta.constraints,
            link_is_complete("pages_promotion_link_complete"),
        ]

    def __str__(self):
        return self.title

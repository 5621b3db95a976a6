"""What care is given."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Image, Publishable
from publishing.rich_text import RichTextField

from .contact import Contact
from .location import Location


class Service(Publishable):
    """A medical service, as patients look for it."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address of its page"), max_length=120, unique=True)
    also_known_as = models.CharField(
        _("also known as"), max_length=300, blank=True, help_text=_("Other words people use, with commas between.")
    )
    summary = models.CharField(_("summary"), max_length=300, help_text=_("One or two sentences, shown in lists."))
    body = RichTextField(_("text"), blank=True)
    contacts = models.ManyToManyField(Contact, verbose_name=_("contacts"), blank=True, related_name="services")
    locations = models.ManyToManyField(Location, verbose_name=_("locations"), blank=True, related_name="services")
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["name"]
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("directory:service_detail", args=[self.slug])

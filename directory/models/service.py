"""What care is given."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Image, Publishable
from publishing.rich_text import RichTextField

from ..hours_line import parse
from .contact import Contact
from .hours_field import HoursLineField
from .location import Location
from .person import Person


class Service(Publishable):
    """A medical service, as patients look for it."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address of its page"), max_length=120, unique=True)
    also_known_as = models.CharField(
        _("also known as"), max_length=300, blank=True, help_text=_("Other words people use, with commas between.")
    )
    summary = models.CharField(_("summary"), max_length=300, help_text=_("One or two sentences, shown in lists."))
    body = RichTextField(_("text"), blank=True)
    conditions = models.TextField(
        _("conditions treated"),
        blank=True,
        help_text=_("One line each, as patients say it: high blood pressure."),
    )
    telehealth = models.BooleanField(
        _("telehealth"), default=False, help_text=_("It is also given by video or telephone.")
    )
    contacts = models.ManyToManyField(Contact, verbose_name=_("contacts"), blank=True, related_name="services")
    locations = models.ManyToManyField(
        Location, verbose_name=_("locations"), blank=True, related_name="services", through="Offering"
    )
    people = models.ManyToManyField(Person, verbose_name=_("people"), blank=True, related_name="services")
    related = models.ManyToManyField("self", verbose_name=_("related services"), blank=True)
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

    @property
    def condition_list(self):
        """Return the conditions treated as a list."""
        return [line.strip() for line in self.conditions.splitlines() if line.strip()]


class Offering(models.Model):
    """A service at one location: how patients get it there. What is empty is as the service or the location says."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="offerings")
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.CASCADE, related_name="offerings"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    walk_in = models.BooleanField(_("walk in"), default=False, help_text=_("Patients may come without an appointment."))
    appointment = models.BooleanField(_("by appointment"), default=False)
    referral = models.BooleanField(_("referral needed"), default=False, help_text=_("A provider has to send them."))
    how_to_book = models.CharField(_("how to book"), max_length=250, blank=True, help_text=_("One or two sentences."))
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("own number"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offerings",
        help_text=_("Whom to call for the service here, where that is another contact than the service’s own."),
    )
    hours = HoursLineField(_("hours here"))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("place of the service")
        verbose_name_plural = _("where it is offered")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "location"],
                name="directory_offering_once",
                violation_error_message=_("This location stands in the list already."),
            ),
        ]

    def __str__(self):
        return str(self.location)

    @property
    def hours_line(self):
        """Return the HoursLine of its hours; an empty one where nobody has said."""
        return parse(self.hours)

"""Where care is given."""

from urllib.parse import urlencode

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing import instant
from publishing.models import Image, Publishable, PublishableQuerySet
from publishing.rich_text import RichTextField

from .contact import Contact
from .hours import HasHours, HoursRow


class LocationQuerySet(PublishableQuerySet):
    def with_hours(self, at=None):
        """Fetch the hours that count at `at` (default: now) and soon after it too, in one further query."""
        rows = LocationHours.objects.counting(at or instant.now())
        return self.prefetch_related(Prefetch("hours_rows", rows))


class OperatingStatus(models.TextChoices):
    """Whether a place works as usual; the values follow what U.S. agencies publish of their facilities."""

    NORMAL = "normal", _("Open as usual")
    NOTICE = "notice", _("Open, with a notice")
    LIMITED = "limited", _("Limited services")
    CLOSED = "closed", _("Temporarily closed")
    MOVED = "moved", _("Temporarily moved")
    VIRTUAL = "virtual", _("By video and telephone only")
    OPENING_SOON = "opening_soon", _("Opening soon")

    @property
    def has_doors_open(self):
        """Return whether patients find anybody there in its opening hours."""
        return self not in (self.CLOSED, self.MOVED, self.VIRTUAL, self.OPENING_SOON)


class Location(HasHours, Publishable):
    """A place that patients come to. What is not known is left empty, and the page says nothing of it."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address of its page"), max_length=120, unique=True)
    also_known_as = models.CharField(
        _("also known as"), max_length=300, blank=True, help_text=_("With commas between.")
    )
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences, shown in lists.")
    )
    body = RichTextField(_("text"), blank=True)
    street = models.CharField(_("street"), max_length=160, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True, default="CT")
    postal_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    directions = RichTextField(_("how to get there"), blank=True)
    parking = RichTextField(_("parking"), blank=True)
    entrances = RichTextField(_("entrances"), blank=True, help_text=_("Which door for what, at which hour."))
    accessibility = RichTextField(
        _("accessibility"), blank=True, help_text=_("Step-free ways, elevators, accessible restrooms, interpreters.")
    )
    transport = RichTextField(_("public transport"), blank=True)
    status = models.CharField(_("operating status"), max_length=20, choices=OperatingStatus, default="normal")
    status_note = models.CharField(
        _("what visitors should know"),
        max_length=250,
        blank=True,
        help_text=_("Shown with the status: what is closed, where to go instead."),
    )
    status_until = models.DateTimeField(
        _("status until"), null=True, blank=True, help_text=_("Then it is normal again. Empty: until you change it.")
    )
    hours = models.TextField(
        _("hours in words"),
        blank=True,
        help_text=_(
            "Shown only where no opening hours of the week stand below; from words the page cannot tell whether it is "
            "open. One line each: Monday to Friday, 8 AM to 4:30 PM"
        ),
    )
    has_emergency_department = models.BooleanField(_("has an emergency department"), default=False)
    contacts = models.ManyToManyField(Contact, verbose_name=_("contacts"), blank=True, related_name="locations")
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Lower numbers come first in lists.")
    )

    objects = LocationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["position", "name"]
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status="normal") | ~Q(status_note=""),
                name="directory_location_status_told",
                violation_error_message=_("Say in a sentence what visitors should know or do instead."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("directory:location_detail", args=[self.slug])

    def status_at(self, at):
        """Return the OperatingStatus at `at`, an aware datetime."""
        over = self.status_until is not None and self.status_until <= at
        return OperatingStatus.NORMAL if over else OperatingStatus(self.status)

    @property
    def address_lines(self):
        """Return the known parts of the postal address, line by line; a list that may be empty."""
        town = ", ".join(part for part in (self.city, self.state) if part) if self.city else ""
        return [line for line in (self.street, f"{town} {self.postal_code}".strip()) if line]

    @property
    def directions_address(self):
        """Return a map address for this place; it is a plain link, asked for only when somebody follows it."""
        return "https://www.openstreetmap.org/search?" + urlencode(
            {"query": ", ".join([self.name, *self.address_lines])}
        )


class LocationHours(HoursRow):
    """A row of the opening hours of a place. Editors meet the two kinds apart, as the proxies in location_hours.py."""

    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.CASCADE, related_name="hours_rows"
    )


class LocationPhoto(models.Model):
    """A further picture of a place: its entrance, its parking garage."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    image = models.ForeignKey(Image, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("caption"), max_length=160, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return self.caption or str(self.image)

"""Who gives care, and who leads the hospital."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Image, Publishable, PublishableQuerySet
from publishing.rich_text import RichTextField

from ..provider_identifiers import is_npi
from .contact import Contact
from .location import Location


class PersonQuerySet(PublishableQuerySet):
    def leaders(self):
        """Return the executive leadership team in its order."""
        return self.filter(leadership_position__isnull=False).order_by("leadership_position")

    def providers(self):
        """Return those whom a patient can be treated by, by surname."""
        return self.filter(provider=True).order_by("sort_name")


class Person(Publishable):
    """A provider (physician, PA, NP …) or somebody who leads the hospital."""

    name = models.CharField(_("name"), max_length=120, help_text=_("As it is spoken: Laura Currie."))
    sort_name = models.CharField(_("sorted as"), max_length=120, help_text=_("Surname first: Currie, Laura."))
    slug = models.SlugField(_("address of the page"), max_length=120, unique=True)
    credentials = models.CharField(_("credentials"), max_length=60, blank=True, help_text=_("RN, MS"))
    title = models.TextField(
        _("title"), max_length=400, blank=True, help_text=_("One line each: Chief of Surgery. Director, Trauma.")
    )
    npi = models.CharField(
        _("NPI"), max_length=10, blank=True, help_text=_("The National Provider Identifier: ten digits.")
    )
    provider = models.BooleanField(_("gives care"), default=False, help_text=_("Shown under “find a doctor”."))
    specialties = models.CharField(_("specialties"), max_length=200, blank=True, help_text=_("With commas between."))
    languages = models.CharField(_("languages"), max_length=120, blank=True, help_text=_("With commas between."))
    accepting_new_patients = models.BooleanField(_("accepting new patients"), null=True, blank=True)
    telehealth = models.BooleanField(_("telehealth"), default=False, help_text=_("Sees patients by video too."))
    locations = models.ManyToManyField(Location, verbose_name=_("locations"), blank=True, related_name="people")
    contact = models.ForeignKey(
        Contact, verbose_name=_("contact"), null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    biography = RichTextField(_("biography"), blank=True)
    image = models.ForeignKey(
        Image, verbose_name=_("portrait"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    leadership_position = models.PositiveSmallIntegerField(
        _("place in the leadership team"), null=True, blank=True, help_text=_("1 is first. Empty: not of the team.")
    )

    objects = PersonQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["sort_name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["npi"],
                condition=~Q(npi=""),
                name="directory_person_npi_once",
                violation_error_message=_("Another person has this NPI already."),
            ),
            models.CheckConstraint(
                condition=Q(provider=True) | Q(leadership_position__isnull=False),
                name="directory_person_gives_care_or_leads",
                violation_error_message=_(
                    "Tick “gives care” or give a place in the leadership team: the page lists only these."
                ),
            ),
        ]

    def __str__(self):
        return self.full_name

    def clean(self):
        super().clean()
        if self.npi and not is_npi(self.npi):
            raise ValidationError({"npi": _("This is no NPI: ten digits, of which the last one checks the others.")})

    def get_absolute_url(self):
        return reverse("directory:person_detail", args=[self.slug])

    @property
    def full_name(self):
        """Return the name with its credentials: "Laura Currie, RN, MS"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @property
    def specialty_list(self):
        """Return the specialties as a list."""
        return [specialty.strip() for specialty in self.specialties.split(",") if specialty.strip()]

    @property
    def language_list(self):
        """Return the languages as a list."""
        return [language.strip() for language in self.languages.split(",") if language.strip()]

    @property
    def title_lines(self):
        """Return the titles as a list, in their order."""
        return [line.strip() for line in self.title.splitlines() if line.strip()]

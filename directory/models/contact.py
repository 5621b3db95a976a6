"""Whom to call: the hospital's phone list in its own sections and order."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Publishable, PublishableQuerySet

from ..hours_line import parse
from ..phones import dial_address, displayed
from .hours_field import HoursLineField
from .number_field import NumberField


class Section(models.Model):
    """A heading of the contact page."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True, help_text=_("1 is the first on the page."))

    class Meta:
        ordering = ["position"]
        verbose_name = _("section of the contact page")
        verbose_name_plural = _("sections of the contact page")

    def __str__(self):
        return self.name


class ContactQuerySet(PublishableQuerySet):
    def with_numbers(self):
        """Fetch each contact's numbers too, in their order, in one further query."""
        return self.prefetch_related(Prefetch("numbers", ContactNumber.objects.order_by("position", "pk")))

    def with_checks(self):
        """Fetch each contact's NumberChecks too, the newest first, in one further query."""
        return self.prefetch_related("checks")


class Contact(Publishable):
    """One line of the phone list. `source_line` is the row as it was taken over, untouched."""

    class Role(models.TextChoices):
        MAIN = "main", _("The hospital's main number (shown on every page)")
        EMERGENCY = "emergency", _("The emergency department's number")

    section = models.ForeignKey(Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="contacts")
    position = models.PositiveSmallIntegerField(
        _("position"), help_text=_("Its place in the section, 1 first. The page keeps this order.")
    )
    name = models.CharField(
        _("name"),
        max_length=160,
        blank=True,
        help_text=_("As visitors look for it. Without a name it cannot be published."),
    )
    title = models.CharField(
        _("title"), max_length=160, blank=True, help_text=_("What a person is; empty for a department.")
    )
    also_known_as = models.CharField(
        _("also known as"),
        max_length=300,
        blank=True,
        help_text=_("Other words people use, with commas between: blood thinner, warfarin."),
    )
    note = models.CharField(
        _("note"), max_length=250, blank=True, help_text=_("One line for visitors, shown below it.")
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Visitors see it."))
    web = models.URLField(_("web address"), blank=True)
    languages = models.CharField(
        _("languages"), max_length=160, blank=True, help_text=_("Spoken on the phone, with commas between.")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=Role, blank=True, help_text=_("Only for the two special ones.")
    )
    source_line = models.TextField(_("source line"), blank=True, editable=False)
    source_note = models.CharField(
        _("note from taking over"), max_length=250, blank=True, help_text=_("For staff; not shown.")
    )

    objects = ContactQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["section__position", "position", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["role"],
                condition=~Q(role=""),
                name="directory_contact_role_once",
                violation_error_message=_("Another contact has this role already."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(name=""),
                name="directory_contact_named_when_published",
                violation_error_message=_(
                    "Give it a name before it is published: visitors would see a number of nobody."
                ),
            ),
        ]

    def __str__(self):
        return self.name or str(_("(no name yet)"))

    @property
    def shown_at(self):
        return reverse("directory:contact_list")

    @property
    def first_to_call(self):
        """Return the first of its numbers that somebody can call or text, a ContactNumber, or None."""
        return next((number for number in self.numbers.all() if number.dial_address), None)

    @property
    def telephone(self):
        """Return the first of its numbers that is a telephone, for machines: "+18608898331"; None without one."""
        phones = (number.number for number in self.numbers.all() if number.kind == ContactNumber.Kind.VOICE)
        return next((phone.as_e164 for phone in phones), None)

    @property
    def checked_on(self):
        """Return what last_found_right says of it; fetch with_numbers() and with_checks() before."""
        return last_found_right(self.numbers.all(), self.checks.all())


class ContactNumber(models.Model):
    """One number of a contact: a phone number, or a short code for text messages."""

    class Kind(models.TextChoices):
        VOICE = "voice", _("Phone")
        TTY = "tty", _("TTY (for the deaf and hard of hearing)")
        FAX = "fax", _("Fax")
        TEXT = "text", _("Text messages")
        SHORT_CODE = "short_code", _("Short code for text messages")
        RELAY = "relay", _("Relay service (711)")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="numbers")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.VOICE)
    number = NumberField(
        _("number"), blank=True, help_text=_("With the extension, if any: 860-889-8331 ext. 2215."), max_length=64
    )
    short_code = models.CharField(_("short code"), max_length=8, blank=True, help_text=_("Only digits: 31996."))
    label = models.CharField(
        _("label"), max_length=80, blank=True, help_text=_("Which of several: appointments, records …")
    )
    spoken_label = models.CharField(
        _("spoken label"),
        max_length=120,
        blank=True,
        help_text=_("What a screen reader says in place of the name, where that is hard to say: “A-fib clinic”."),
    )
    hours = HoursLineField(_("hours"))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind__in=["short_code", "relay"], number="") & ~Q(short_code="")
                    | ~Q(kind__in=["short_code", "relay"]) & ~Q(number="") & Q(short_code="")
                ),
                name="directory_contactnumber_fits_its_kind",
                violation_error_message=_(
                    "A short code, or 711, goes into its own field, every other number into “number”."
                ),
            ),
        ]

    def __str__(self):
        return self.displayed

    def clean(self):
        super().clean()
        if (self.short_code and not self.short_code.isascii()) or (self.short_code and not self.short_code.isdigit()):
            raise ValidationError({"short_code": _("A short code has digits only, such as 31996.")})

    @property
    def displayed(self):
        """Return the number as the hospital writes it: "860.889.8331 ext. 2215"."""
        return self.short_code or displayed(self.number)

    @property
    def main_part(self):
        """Return the number as it is displayed, without its extension."""
        return self.displayed.partition(" ext. ")[0]

    @property
    def extension(self):
        """Return the digits to dial after the number: "2215"; "" without any."""
        return "" if self.short_code else self.number.extension or ""

    @property
    def dial_address(self):
        """Return what a tap on the number opens: a tel: address, an sms: one, or "" for a fax."""
        if self.kind == self.Kind.FAX:
            return ""
        if self.kind == self.Kind.RELAY:
            return f"tel:{self.short_code}"
        if self.kind == self.Kind.TEXT:
            return f"sms:{self.number.as_e164}"
        return f"sms:{self.short_code}" if self.short_code else dial_address(self.number)

    @property
    def value(self):
        """Return the number by which it is known to be the same one: "+18608898331x2215", or its short code."""
        if self.short_code:
            return self.short_code
        return f"{self.number.as_e164}x{self.number.extension}" if self.number.extension else self.number.as_e164

    @property
    def hours_line(self):
        """Return the HoursLine of its hours; an empty one where nobody has said."""
        return parse(self.hours)


def last_found_right(numbers, checks):
    """Return the date on which each of a contact's `numbers`, as it is, was last found right: the earliest of these.

    `checks` are its NumberChecks, of each number the newest first. None where a number was never tried, or did not
    prove right when it was last tried. A fax is not rung.
    """
    newest = {}
    for check in checks:
        if check.undone_at is None:
            newest.setdefault(check.number, check)
    of_each = [newest.get(number.value) for number in numbers if number.kind != ContactNumber.Kind.FAX]
    if not of_each or any(check is None or not check.is_right for check in of_each):
        return None
    return min(check.checked_on for check in of_each)

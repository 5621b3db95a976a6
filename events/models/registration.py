from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .event_date import EventDate


class RegistrationQuerySet(models.QuerySet):
    def holding_seats(self):
        """Return those that hold seats: the confirmed ones, and those whose offer has not been answered yet."""
        return self.filter(state__in=[Registration.State.CONFIRMED, Registration.State.OFFERED])

    def waiting(self):
        """Return those on the waiting list, who came first first."""
        return self.filter(state=Registration.State.WAITING).order_by("created_at", "pk")

    def people(self):
        """Return how many people these are, with all who come along."""
        return self.aggregate(people=Sum("party"))["people"] or 0


class Registration(models.Model):
    """That somebody wants to come to one date, alone or with others (`party` counts them all).

    No history is kept of it, and it is deleted `Event.keep_days` after the date. `email` is "" where staff have
    registered somebody who has none. `offered_until` is set while a seat from the waiting list is held for them
    (state offered); `passed_over` counts the people who came later and had a seat before them. `nonce` is of the form
    that was sent, so that a form sent twice registers once; `sender` a keyed hash of the network address, "" where it
    is not known. `answers` is a list of {"question": text, "answer": text}.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Registered")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Offered a seat")
        CANCELLED = "cancelled", _("Cancelled")

    date = models.ForeignKey(EventDate, verbose_name=_("date"), on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CONFIRMED)
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    party = models.PositiveSmallIntegerField(_("people"), default=1, validators=[MinValueValidator(1)])
    answers = models.JSONField(_("answers"), default=list, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    nonce = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64, blank=True, db_index=True)
    offered_until = models.DateTimeField(_("seat held until"), null=True, blank=True)
    passed_over = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("registered at"), default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(auto_now=True)
    checked_in_at = models.DateTimeField(_("came at"), null=True, blank=True)
    demonstration = models.BooleanField(default=False, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["date", "created_at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        permissions = [("export_registration", _("Can take registrations away as a file"))]
        indexes = [models.Index(fields=["date", "state", "created_at"], name="events_registration_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(party__gte=1), name="events_party_of_one_at_least"),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | ~Q(state="offered") & Q(offered_until__isnull=True),
                name="events_an_offer_has_an_end",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.date}"

"""Somebody rang a number of the directory, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ..opening import local_day
from ..phones import displayed_value
from .contact import Contact


class NumberCheckQuerySet(models.QuerySet):
    def standing(self):
        """Return those that nobody has taken back."""
        return self.filter(undone_at__isnull=True)

    def newest(self, *outcomes):
        """Return of each number of each contact the newest one that stands; with `outcomes` the newest of these."""
        rows = NumberCheck.objects.standing()
        rows = rows.filter(outcome__in=outcomes) if outcomes else rows
        later = Q(checked_at__gt=OuterRef("checked_at")) | Q(checked_at=OuterRef("checked_at"), pk__gt=OuterRef("pk"))
        newer = rows.filter(later, contact=OuterRef("contact"), number=OuterRef("number")).order_by()
        of_these = self.filter(outcome__in=outcomes) if outcomes else self
        return of_these.standing().filter(~Exists(newer))


class NumberCheck(models.Model):
    """One try of one number. It speaks of the number as it was then (ContactNumber.value), and of no other one.

    A row is never deleted or written anew; who has pressed the wrong button takes it back (`undone_at`). Where it
    moved its contact's next review, `review_before` and `review_after` say from which day (None: none) to which.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", _("Right")
        WRONG = "wrong", _("Wrong")
        NO_ANSWER = "no_answer", _("No answer")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="checks")
    number = models.CharField(_("number"), max_length=64)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    checked_at = models.DateTimeField(_("checked at"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("checked by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(_("note"), max_length=250, blank=True)
    undone_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    review_before = models.DateField(null=True, editable=False)
    review_after = models.DateField(null=True, editable=False)

    objects = NumberCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at", "-pk"]
        verbose_name = _("check of a number")
        verbose_name_plural = _("checks of numbers")
        indexes = [models.Index(fields=["contact", "-checked_at"], name="directory_check_newest")]

    def __str__(self):
        return f"{self.number}: {self.get_outcome_display()}"

    @property
    def displayed(self):
        """Return the number as the hospital writes it."""
        return displayed_value(self.number)

    @property
    def is_right(self):
        return self.outcome == self.Outcome.RIGHT

    @property
    def checked_on(self):
        """Return the date of the check by the hospital's calendar."""
        return local_day(self.checked_at)

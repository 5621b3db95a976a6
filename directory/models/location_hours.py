"""The two kinds of a place's opening hours, each with what it needs: an editor enters them apart."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.months import FIRST_YEAR, LAST_YEAR

from .hours import HoursQuerySet
from .location import LocationHours


class _WeeklyManager(models.Manager.from_queryset(HoursQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(day__isnull=True)


class _SpecialManager(models.Manager.from_queryset(HoursQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(day__isnull=False)


class WeeklyHours(LocationHours):
    """Hours of every week."""

    objects = _WeeklyManager()

    class Meta:
        proxy = True
        verbose_name = _("hours of a weekday")
        verbose_name_plural = _("opening hours of the week")

    def clean(self):
        if self.weekday is None:
            raise ValidationError({"weekday": _("Choose the weekday.")})
        super().clean()


class SpecialHours(LocationHours):
    """Hours of one date, or that it is closed."""

    objects = _SpecialManager()

    class Meta:
        proxy = True
        verbose_name = _("hours of a special day")
        verbose_name_plural = _("special days, in place of the week’s hours")

    def clean(self):
        if self.day is None:
            raise ValidationError({"day": _("Give the date.")})
        if not FIRST_YEAR <= self.day.year <= LAST_YEAR:
            raise ValidationError(
                {
                    "day": _("Give a day between the years %(first)d and %(last)d.")
                    % {"first": FIRST_YEAR, "last": LAST_YEAR}
                }
            )
        if not self.name.strip():
            raise ValidationError({"name": _("Give the day a name: visitors see why the hours are other ones.")})
        super().clean()

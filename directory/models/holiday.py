"""Days on which what says "holidays closed" is closed."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..opening import HORIZON, local_day


class HolidayQuerySet(models.QuerySet):
    def counting(self, at):
        """Return [(date, name)] of the holidays that matter at `at` (aware datetime) and soon after it."""
        today = local_day(at)
        return list(
            self.filter(day__range=(today - HORIZON, today + 2 * HORIZON)).order_by("day").values_list("day", "name")
        )


class Holiday(models.Model):
    """One date, by the hospital's calendar."""

    day = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=80, help_text=_("Visitors read it: Thanksgiving Day."))

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self):
        return f"{self.name} ({date_format(self.day, 'DATE_FORMAT')})"

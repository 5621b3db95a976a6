from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Location

from ..recurrence import Recurrence
from .event import Event
from .recurrence_fields import DaysField, RuleField


class SeriesChange(models.Model):
    """That a series goes on otherwise from a day on: other days, another hour or another place.

    From `from_day` on, a day of the series as it was, nothing of it takes place any more; instead it is on
    `first_day` and the days that `rule` counts from there, until the next change. What is empty here is as the event
    says. It is an act and no part of the event's text: visitors see it at once.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="changes")
    from_day = models.DateField(_("from this day on"))
    first_day = models.DateField(_("first day"), help_text=_("Of what comes instead."))
    rule = RuleField(_("repeats"))
    extra_days = DaysField(_("also on"))
    left_out = DaysField(_("not on"))
    start_time = models.TimeField(_("begins"), null=True, blank=True)
    end_time = models.TimeField(_("ends"), null=True, blank=True)
    location = models.ForeignKey(
        Location, verbose_name=_("location"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(_("room or address"), max_length=200, blank=True)

    class Meta:
        ordering = ["event", "from_day"]
        verbose_name = _("change of a series")
        verbose_name_plural = _("changes of series")
        constraints = [models.UniqueConstraint(fields=["event", "from_day"], name="events_one_change_a_day")]

    def __str__(self):
        return f"{self.event}, {self.from_day}"

    def clean(self):
        super().clean()
        if self.from_day and self.first_day:
            if self.first_day < self.from_day:
                raise ValidationError({"first_day": _("The first day lies before the one from which all changes.")})
            self.recurrence.check()

    @property
    def recurrence(self):
        """Return the days from `first_day` on, as if no other change came after this one."""
        return Recurrence(self.first_day, self.rule, tuple(self.extra_days), tuple(self.left_out))

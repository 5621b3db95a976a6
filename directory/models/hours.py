"""Opening hours as an editor enters them: rows of the usual week, and of special days in its place."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..opening import ALL_DAY, HORIZON, Hours, Interval, SpecialDay, local_day
from ..opening_words import interval_told

SPECIAL_DAYS_SHOWN = timedelta(days=30)
_TIMES_LEFT_EMPTY = Q(opens__isnull=True, closes__isnull=True)
_TIMES_DIFFER = Q(opens__isnull=False, closes__isnull=False) & ~Q(opens=F("closes"))


class HoursQuerySet(models.QuerySet):
    def counting(self, at):
        """Return the rows that matter at `at` (aware datetime) and in the time after it of which pages speak."""
        today = local_day(at)
        ahead = max(SPECIAL_DAYS_SHOWN, HORIZON + timedelta(days=1))
        return self.filter(Q(day__isnull=True) | Q(day__range=(today - timedelta(days=1), today + ahead)))


class HoursRow(models.Model):
    """From when to when something is open, on a weekday or on one special day; a day may have several rows.

    Times are naive and local. A `closes` that is not after `opens` is of the next day, and the whole shift belongs
    to the day on which it begins. A special day counts in place of its weekday: closed, or with these times alone.
    """

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS, null=True, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    name = models.CharField(
        _("name of the day"), max_length=80, blank=True, help_text=_("Visitors read it: Thanksgiving Day.")
    )
    closed = models.BooleanField(_("closed"), default=False, help_text=_("The whole day."))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(
        _("closes"), null=True, blank=True, help_text=_("After midnight: 2:00 AM means the next day.")
    )
    all_day = models.BooleanField(_("24 hours"), default=False, help_text=_("From midnight to midnight."))

    objects = HoursQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = [F("weekday").asc(nulls_last=True), "day", F("opens").asc(nulls_first=True), "pk"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=False, weekday__range=(0, 6), day__isnull=True, name="", closed=False)
                | Q(weekday__isnull=True, day__isnull=False) & ~Q(name=""),
                name="%(app_label)s_%(class)s_of_weekday_or_day",
            ),
            models.CheckConstraint(
                condition=Q(closed=True, all_day=False) & _TIMES_LEFT_EMPTY
                | Q(closed=False, all_day=True) & _TIMES_LEFT_EMPTY
                | Q(closed=False, all_day=False) & _TIMES_DIFFER,
                name="%(app_label)s_%(class)s_one_kind_of_time",
            ),
        ]

    def __str__(self):
        if self.day is None:
            return f"{self.get_weekday_display()}: {interval_told(self.interval)}"
        hours = _("closed") if self.closed else interval_told(self.interval)
        return f"{self.name} ({date_format(self.day, 'DATE_FORMAT')}): {hours}"

    def clean(self):
        """Check the times against the two ticks, in words that tell what to do. Raises ValidationError by field."""
        super().clean()
        if self.closed and self.all_day:
            raise ValidationError({"closed": _("Closed and open for 24 hours at once: take one tick away.")})
        if self.closed or self.all_day:
            if self.opens is not None or self.closes is not None:
                raise ValidationError({"opens": _("Empty both times, or take away the tick for the whole day.")})
            return
        for name in ("opens", "closes"):
            if getattr(self, name) is None:
                raise ValidationError({name: _("Give both times, or tick what holds for the whole day.")})
        if self.opens == self.closes:
            raise ValidationError(
                {"closes": _("It would close as it opens. For a whole day empty both times and tick “24 hours”.")}
            )

    def derive(self):
        """Drop times beside a tick for the whole day: two versions put together may have one of each."""
        if self.closed or self.all_day:
            self.opens = self.closes = None

    @property
    def interval(self):
        """Return its Interval, or None where it is closed."""
        if self.closed:
            return None
        return ALL_DAY if self.all_day else Interval(self.opens, self.closes)


class HasHours(models.Model):
    """What has opening hours: its rows are `hours_rows`, a reverse relation that its own model of rows makes."""

    hours_note = models.CharField(
        _("note on the hours"), max_length=120, blank=True, help_text=_("One line below them: By appointment.")
    )

    class Meta:
        abstract = True

    @property
    def opening_hours(self):
        """Return the Hours that its rows say."""
        return hours_of(self.hours_rows.all())


def hours_of(rows):
    """Return the Hours that `rows`, HoursRows of one place, say."""
    weekly, special, names = {}, {}, {}
    for row in rows:
        intervals = (row.interval,) if row.interval else ()
        if row.day is None:
            weekly[row.weekday] = tuple(sorted((*weekly.get(row.weekday, ()), *intervals)))
        else:
            names.setdefault(row.day, row.name)
            special[row.day] = tuple(sorted((*special.get(row.day, ()), *intervals)))
    return Hours(weekly, {day: SpecialDay(names[day], intervals) for day, intervals in special.items()})

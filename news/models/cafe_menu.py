"""The café's menu of a week: which dishes there are on which day, and what of the nine allergens is in each."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from publishing.models import Publishable, PublishableQuerySet
from publishing.months import LAST_YEAR


class Allergen(models.TextChoices):
    """The nine major food allergens: FALCPA of 2004, and sesame since the FASTER Act took effect in 2023."""

    MILK = "milk", _("Milk")
    EGGS = "eggs", _("Eggs")
    FISH = "fish", _("Fish")
    SHELLFISH = "shellfish", _("Crustacean shellfish")
    TREE_NUTS = "tree_nuts", _("Tree nuts")
    PEANUTS = "peanuts", _("Peanuts")
    WHEAT = "wheat", _("Wheat")
    SOY = "soy", _("Soybeans")
    SESAME = "sesame", _("Sesame")


def validate_allergens(value):
    """Raise ValidationError unless `value` names Allergens with commas between, each once."""
    codes = value.split(",") if value else []
    if set(codes) - set(Allergen.values) or len(codes) != len(set(codes)):
        raise ValidationError(_("Tick allergens of the list."))


def monday_of(day):
    """Return the Monday of the week in which the date `day` lies."""
    return day - timedelta(days=day.weekday())


class CafeMenuQuerySet(PublishableQuerySet):
    def with_dishes(self):
        """Fetch each menu's dishes too, in their order, in one further query."""
        return self.prefetch_related("dishes")


class CafeMenu(Publishable):
    """What the café cooks in the week that begins on the Monday `week`."""

    week = models.DateField(
        _("week that begins on"), unique=True, help_text=_("A Monday. Any other day is taken for its week.")
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Shown above the days: closed on Thursday, open until 7.")
    )

    objects = CafeMenuQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["-week"]
        verbose_name = _("café menu")
        verbose_name_plural = _("café menus")

    def __str__(self):
        if self.week is None:
            return str(_("Café menu"))
        return str(_("Café menu, week of %(day)s")) % {"day": date_format(self.week, "DATE_FORMAT")}

    def clean(self):
        """Take any day for its week. Raises ValidationError for a year that no calendar of ours holds."""
        super().clean()
        if self.week and not 2000 <= self.week.year < LAST_YEAR:
            raise ValidationError({"week": _("Give a year from 2000 to %(last)d.") % {"last": LAST_YEAR - 1}})
        if self.week:
            self.week = monday_of(self.week)

    def get_absolute_url(self):
        return reverse("cafe:week", args=[self.week.isoformat()])

    @property
    def last_day(self):
        """Return the Sunday of its week."""
        return self.week + timedelta(days=6)


class CafeDish(models.Model):
    """One dish on one day. `day` counts from Monday, 0.

    `allergens` are codes of Allergen with commas between. `allergens_known` says that somebody has gone through all
    nine: only then does an allergen that is not named tell that it is not in the dish.
    """

    class Day(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    class Meal(models.IntegerChoices):
        BREAKFAST = 1, _("Breakfast")
        LUNCH = 2, _("Lunch")
        SUPPER = 3, _("Supper")
        ALL_DAY = 4, _("All day")

    menu = models.ForeignKey(CafeMenu, on_delete=models.CASCADE, related_name="dishes")
    day = models.PositiveSmallIntegerField(_("day"), choices=Day)
    meal = models.PositiveSmallIntegerField(_("meal"), choices=Meal, default=Meal.LUNCH)
    name = models.CharField(_("dish"), max_length=120)
    description = models.CharField(_("description"), max_length=200, blank=True)
    allergens = models.CharField(_("contains"), max_length=100, blank=True, validators=[validate_allergens])
    allergens_known = models.BooleanField(
        _("all nine checked"),
        default=False,
        help_text=_("Somebody has gone through all nine allergens. Without it readers are told to ask the kitchen."),
    )
    vegetarian = models.BooleanField(_("vegetarian"), default=False)
    vegan = models.BooleanField(_("vegan"), default=False)

    class Meta:
        ordering = ["day", "meal", "pk"]
        verbose_name = _("dish")
        verbose_name_plural = _("dishes")
        constraints = [
            models.CheckConstraint(condition=models.Q(day__lte=6), name="news_cafedish_day_of_the_week"),
        ]

    def __str__(self):
        return self.name

    @property
    def allergen_names(self):
        """Return what it contains of the nine, in the order of the list, as words."""
        codes = set(self.allergens.split(","))
        return [allergen.label for allergen in Allergen if allergen.value in codes]

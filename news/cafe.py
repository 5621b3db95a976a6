"""The café's menu as its page shows it: the days of a week with their meals, and the weeks before."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.timezone import localdate

from .models import CafeDish, CafeMenu, monday_of


@dataclass(frozen=True)
class Day:
    """`meals` are pairs of the meal's name and its CafeDishes, in their order; none where nothing is listed."""

    date: date
    meals: list
    is_today: bool


@dataclass(frozen=True)
class ThisWeek:
    """What `/cafe/` shows at an instant. `menu` is that of the week, else the newest before, else None.

    `is_past` says that the week's own is not there yet. `coming` are the menus of later weeks, the next one first.
    """

    menu: CafeMenu | None
    is_past: bool
    coming: list


def this_week(at):
    """Return the ThisWeek at `at` (aware datetime), by the hospital's calendar. Three queries, two without a menu."""
    monday = monday_of(localdate(at))
    published = CafeMenu.objects.published(at)
    menu = published.filter(week__lte=monday).order_by("-week").with_dishes().first()
    coming = list(published.filter(week__gt=monday).order_by("week")[:4])
    return ThisWeek(menu, menu is not None and menu.week != monday, coming)


def days_of(menu, at):
    """Return the seven Days of `menu`, whose dishes are fetched, at `at` (aware datetime)."""
    dishes = {day: list(each) for day, each in groupby(menu.dishes.all(), lambda dish: dish.day)}
    today = localdate(at)
    days = []
    for number in range(7):
        day = menu.week + timedelta(days=number)
        meals = groupby(dishes.get(number, ()), lambda dish: dish.meal)
        days.append(Day(day, [(CafeDish.Meal(meal).label, list(each)) for meal, each in meals], day == today))
    return days


def weeks_by_month(at):
    """Return (first day of the month, its menus) of what is published at `at`, the newest first, in one query.

    A week belongs to the month in which it begins. The menus have their weeks alone.
    """
    menus = CafeMenu.objects.published(at).order_by("-week").only("week")
    return [(first, list(each)) for first, each in groupby(menus, lambda menu: menu.week.replace(day=1))]

from datetime import timedelta

from django.utils.timezone import localtime

from news.models import CafeDish, CafeMenu, monday_of

from .files import read
from .storing import Tally, store

WEEK = timedelta(days=7)


def load_cafe(now):
    content = read("cafe")
    menu, is_new = store(
        CafeMenu, {"week": _this_week(now)}, note=content["note"], published_at=now - WEEK, demonstration=True
    )
    if is_new:
        for spec in content["dishes"]:
            _store_dish(menu, spec)
    return Tally("café menus", 1, int(is_new))


def move_menu_on(now):
    """Move the made-up menu to the week of `now` where that has none; return how many menus were moved."""
    menu = CafeMenu.objects.filter(demonstration=True).order_by("-week").first()
    week = _this_week(now)
    if menu is None or menu.week >= week or CafeMenu.objects.filter(week=week).exists():
        return 0
    menu.week = week
    menu.full_clean()
    menu.save()
    return 1


def _this_week(now):
    return monday_of(localtime(now).date())


def _store_dish(menu, spec):
    dish = CafeDish(
        menu=menu,
        day=CafeDish.Day[spec.pop("day").upper()],
        meal=CafeDish.Meal[spec.pop("meal").upper().replace(" ", "_")],
        allergens=spec.pop("contains", ""),
        allergens_known=spec.pop("checked", True),
        vegetarian=spec.pop("vegetarian", False) or spec.get("vegan", False),
        **spec,
    )
    dish.full_clean()
    dish.save()

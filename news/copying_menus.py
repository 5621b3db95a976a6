"""A week of the café made from the one before: most dishes come back."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from publishing import drafting
from publishing.demonstration import without_made_up

from .models import CafeDish, CafeMenu, monday_of

# Not `allergens_known`: nobody has gone through this week's dishes yet, whatever was true of last week's.
FIELDS = ("day", "meal", "name", "description", "allergens", "vegetarian", "vegan")


def next_week():
    """Return the Monday of the first week from this one on that comes after all menus."""
    newest = CafeMenu.objects.order_by("-week").values_list("week", flat=True).first()
    monday = monday_of(localdate())
    return max(newest + timedelta(days=7), monday) if newest else monday


@transaction.atomic
def copy_newest(*, user):
    """Make the draft of the next week with the dishes of the newest menu; None where there is no menu yet.

    The dishes are those that an editor would see there: a correction that waits beside the public menu counts.
    """
    newest = without_made_up(CafeMenu.objects.order_by("-week")).first()
    if newest is None:
        return None
    with drafting.as_drafted(newest):
        dishes = list(newest.dishes.values(*FIELDS))
    menu = CafeMenu.objects.create(week=next_week(), owner=user)
    for dish in dishes:
        CafeDish.objects.create(menu=menu, **dish)
    drafting.begin_draft(menu, user=user)
    return menu

"""What stands around every page: alerts, menus and the two phone numbers."""

from dataclasses import dataclass, field

from directory.lifelines import Lifelines, lifelines

from .models import MenuItem, SiteAlert


@dataclass(frozen=True)
class Frame:
    """`alerts` are the live SiteAlerts, the most severe first; `menus` has a list of MenuItems for each menu."""

    alerts: list = field(default_factory=list)
    menus: dict = field(default_factory=dict)
    lifelines: Lifelines = field(default_factory=Lifelines)


def frame(known=None):
    """Return the Frame as it is now, in three queries; in two where the Lifelines are `known` already."""
    order = list(SiteAlert.Severity)
    alerts = sorted(SiteAlert.objects.published().order_by("-published_at"), key=lambda a: order.index(a.severity))
    menus = {menu.value: [] for menu in MenuItem.Menu}
    for item in MenuItem.objects.shown().order_by("position"):
        menus[item.menu].append(item)
    return Frame(alerts, menus, known or lifelines())

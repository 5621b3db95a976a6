"""The month in the admin: every date, drafts too, with the way to each and to adding an event on a day."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.local_time import local_midnight
from publishing.months import FIRST_YEAR, LAST_YEAR, Month, is_in_calendar

from ..models import EventDate

SHOWN_A_DAY = 8  # in the grid; the day alone shows all
_NEEDED = (
    *("starts_at", "ends_at", "has_end", "in_series", "moved_to", "moved_start", "moved_end", "status"),
    *(f"event__{name}" for name in ("title", "zone", "timing", "published_at", "expires_at", "archived_at")),
)


def screen(admin, request):
    """Show the month that the address names (?month=2026-12), this one by default; or all of one day (?day=...)."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    day = _day_in(request.GET["day"]) if "day" in request.GET else None
    named = request.GET.get("month")
    month = Month.of(day) if day else Month.of(_day_in(f"{named}-01")) if named else Month.current()
    weeks = [[day]] if day else month.weeks
    found = dates_by_day(weeks[0][0], weeks[-1][-1])
    most = None if day else SHOWN_A_DAY
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Month"),
        "month": month,
        "day": day,
        "weeks": [[_cell(each, month, found.get(each, []), most) for each in week] for week in weeks],
        "count": sum(len(dates) for each, dates in found.items() if each.month == month.month),
        "previous": month.previous if month > Month(FIRST_YEAR, 1) else None,
        "next": month.next if month < Month(LAST_YEAR, 12) else None,
        "may_add": admin.has_add_permission(request),
    }
    return TemplateResponse(request, "admin/events/month.html", context)


def dates_by_day(first, last):
    """Return {day: EventDates} from `first` to `last`, by each event's clock; several days stand on each of them."""
    begin = local_midnight(first) - timedelta(days=1)
    end = local_midnight(last) + timedelta(days=2)
    dates = EventDate.objects.between(begin, end).order_by("starts_at", "pk").select_related("event").only(*_NEEDED)
    days = {}
    for each in dates:
        day, until = max(each.first_day, first), min(each.final_day, last)
        while day <= until:
            days.setdefault(day, []).append(each)
            day += timedelta(days=1)
    return days


def _cell(day, month, dates, most):
    return {
        "day": day,
        "inside": day.month == month.month,
        "is_today": day == timezone.localdate(),
        "dates": [{"date": each, "state": each.event.state_at()} for each in dates[:most]],
        "more": len(dates[most:]) if most else 0,
    }


def _day_in(text):
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404(_("There is no such day.")) from error
    if not is_in_calendar(day):
        raise Http404(_("There is no such day."))
    return day

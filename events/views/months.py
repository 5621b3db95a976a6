"""A month of events: a grid like the calendar on the wall, and on a phone a list of its days."""

from django.template.response import TemplateResponse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from publishing import instant
from publishing.head import PageHead
from publishing.months import Month, month_or_404

from ..filters import EventFilterForm
from ..models import Event, EventDate
from ..month_grid import weeks_of
from ..seats import with_taken
from ..shown import shown_dates
from .address import query_of
from .choices import choices_for
from .trail import trail

SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


@require_safe
@vary_on_headers("HX-Request")
def month(request, year, month):
    """Show every date of one month, past or to come, that fits the filters; htmx gets the month alone."""
    at = instant.now()
    asked_for = month_or_404(year, month)
    events = Event.objects.published(at)
    form = EventFilterForm(request.GET, choices=choices_for(request, "all", events))
    dates = EventDate.objects.none()
    if form.is_valid():
        dates = form.fitting(EventDate.objects.on_days(asked_for.first_day, asked_for.last_day))
        dates = dates.of_events(form.fitting_events(events), among=form.among)
    spans = list(dates.order_by("on_day", "starts_at", "pk").values_list("pk", "on_day", "until_day"))
    first, last = events.first_and_last_month()
    weeks = weeks_of(asked_for, spans, at)
    days = [day for week in weeks for day in week if day.keys]
    _fill(days, at)
    name = date_format(asked_for.first_day, "YEAR_MONTH_FORMAT")
    return TemplateResponse(
        request,
        "events/month.html" + ("#whole_month" if request.htmx else ""),
        {
            "head": PageHead(
                title=_("Events in %(month)s") % {"month": name},
                path=request.path,
                json_ld=[trail((name, request.path))],
                indexed=bool(spans) and not form.asked,
            ),
            "form": form,
            "filtered": form.asked,
            "month": asked_for,
            "previous": asked_for.previous if first and first < asked_for else None,
            "next": asked_for.next if last and asked_for < last else None,
            "today": None if asked_for == Month.current() else Month.current(),
            "weekdays": [(WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in SUNDAY_FIRST],
            "weeks": weeks,
            "days": days,
            "count": len(spans),
            "address": query_of(request),
            "kept": query_of(request, without=["from", "to"]).removeprefix("?"),
        },
    )


def _fill(days, at):
    """Fetch what is shown of each of `days`, and no more."""
    keys = {key for day in days for key in day.keys}
    dates = with_taken(EventDate.objects.filter(pk__in=keys).for_months())
    shown = {each.date.pk: each for each in shown_dates(dates, at)}
    for day in days:
        day.shown = [shown[key] for key in day.keys]

"""The list of what is to come, and what is over, year by year."""

from itertools import groupby

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from directory.lifelines import lifelines
from publishing import instant
from publishing.head import PageHead
from publishing.local_time import local_midnight
from publishing.months import FIRST_YEAR, LAST_YEAR, Month
from publishing.paging import page_ahead_of

from ..filters import DatedFilterForm
from ..models import Event, EventDate
from ..seats import with_taken
from ..shown import shown_dates
from .address import query_of, webcal
from .choices import choices_for
from .trail import trail

PER_PAGE = 20
MOST_WITHOUT_A_DAY = 60


@require_safe
@vary_on_headers("HX-Request")
def event_list(request):
    """Show each event that is to come once, at its next date that fits the filters; htmx gets the list alone."""
    at = instant.now()
    events = Event.objects.published(at)
    form = DatedFilterForm(request.GET, choices=choices_for(request, "to come", events.to_come(at)))
    found, others = EventDate.objects.none(), Event.objects.none()
    if form.is_valid():
        dates = form.fitting(EventDate.objects.all())
        found = dates.next_of_each(form.fitting_events(events), *form.span(at), among=form.among)
        others = form.fitting_without_a_day(events.without_a_day())
    page = page_ahead_of(request, found.values_list("pk", flat=True), PER_PAGE)
    dates = EventDate.objects.filter(pk__in=page.object_list).order_by("starts_at", "pk")
    without_a_day = list(others.select_related("location", "image")[: MOST_WITHOUT_A_DAY + 1])
    more_without_a_day = len(without_a_day) > MOST_WITHOUT_A_DAY
    without_a_day = without_a_day[:MOST_WITHOUT_A_DAY] if page.number == 1 else []
    shown = shown_dates(with_taken(dates.with_next_that_takes_place(at).with_event()), at)
    return TemplateResponse(
        request,
        "events/event_list.html" + ("#found" if request.htmx else ""),
        {
            "head": PageHead(
                title=_("Classes and events"),
                description=_("Classes, support groups, screenings and community days."),
                path=request.path,
                json_ld=[trail()],
                indexed=not form.asked,
            ),
            "form": form,
            "filtered": form.asked,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "groups": by_month(shown),
            "any_time": [event for event in without_a_day if event.timing == Event.Timing.ANY_TIME],
            "announced": [event for event in without_a_day if event.timing == Event.Timing.TO_BE_ANNOUNCED],
            "more_without_a_day": more_without_a_day,
            "subscribe": webcal(reverse("events:calendar")),
            "feeds": _feeds(form),
            "address": query_of(request, without=["page"]),
            "month": Month.of(shown[0].date.first_day) if shown else Month.current(),
            "month_address": query_of(request, without=["page", "from", "to"]),
            # Around a whole page base.html asks for them itself.
            "frame": {"lifelines": lifelines()} if request.htmx else None,
        },
    )


@require_safe
def past_events(request, year=None):
    """Show the events of one year that are over, each at its last date in it; without a year the latest ones."""
    at = instant.now()
    events = Event.objects.published(at)
    years = _years(events, at)
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("There is no such year."))
    year = year or (years[0] if years else timezone.localdate(at).year)
    begin, end = (local_midnight(Month(each, 1).first_day) for each in (year, year + 1))
    over = EventDate.objects.filter(ends_at__lte=at).last_of_each(events, begin, end)
    page = page_ahead_of(request, over.values_list("pk", flat=True), PER_PAGE)
    dates = EventDate.objects.filter(pk__in=page.object_list).with_event().order_by("-starts_at", "-pk")
    title = _("Past events of %(year)d") % {"year": year}
    return TemplateResponse(
        request,
        "events/past.html",
        {
            "head": PageHead(
                title=title, path=request.path, json_ld=[trail((title, request.path))], indexed=bool(page.object_list)
            ),
            "title": title,
            "year": year,
            "years": years,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "groups": by_month(shown_dates(with_taken(dates), at)),
        },
    )


def _years(events, at):
    """Return the years in which something was, the latest first; a year in between may have been empty."""
    # Of the dates, which stand in this order: the events would all be sorted.
    first = EventDate.objects.of_events(events).order_by("starts_at").values_list("starts_at", flat=True).first()
    if first is None or first > at:
        return []
    return list(range(timezone.localdate(at).year, timezone.localdate(first).year - 1, -1))


def _feeds(form):
    """Return the calendars that can be subscribed to, by topic and by place, as pairs of (name, address)."""
    kinds = (("topic", "events:topic_calendar"), ("location", "events:location_calendar"))
    return [
        (label, webcal(reverse(view, args=[slug])))
        for field, view in kinds
        for slug, label in form.fields[field].choices
        if slug
    ]


def by_month(shown):
    """Return `shown`, ShownDates in their order, as pairs of (first day of the month, list)."""
    months = groupby(shown, lambda each: Month.of(each.date.first_day))
    return [(month.first_day, list(group)) for month, group in months]

"""The calendar files."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..calendar_files import calendar_of
from ..models import Event


@require_safe
def event_calendar(request, slug):
    """Send one event as a calendar file."""
    event = get_object_or_404(Event.objects.published().dated().select_related("location"), slug=slug)
    return _calendar_response(calendar_of([event], name=event.title), f"{event.slug}.ics")


@require_safe
def calendar(request):
    """Send all events that are still to come as a calendar that can be subscribed to."""
    name = _("Events at %(hospital)s") % {"hospital": settings.SITE_NAME}
    events = Event.objects.published().upcoming().select_related("location")
    return _calendar_response(calendar_of(events, name=name), "calendar.ics")


def _calendar_response(content, filename):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response

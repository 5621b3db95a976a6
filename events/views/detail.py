"""The page of one event."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from directory.models import Contact
from publishing import json_ld
from publishing.head import PageHead
from publishing.reader import reader_of

from ..models import Event
from .trail import trail


@require_safe
def event_detail(request, slug):
    """Show one event: when, where, for whom, what it costs and whom to ask."""
    event = get_object_or_404(
        Event.objects.visible_to(reader_of(request)).select_related("location", "image"), slug=slug
    )
    starts = ends = None
    if event.timing == Event.Timing.ALL_DAY:
        starts, ends = event.first_day.isoformat(), event.final_day.isoformat()
    elif event.timing == Event.Timing.AT_A_TIME:
        starts, ends = event.starts_at.isoformat(), event.ends_at.isoformat() if event.end_time else None
    structured = [trail((event.title, request.path))]
    if starts:  # schema.org's Event must have a date; a self-paced class has none
        structured.append(
            json_ld.event(
                name=event.title,
                description=event.opening,
                path=request.path,
                starts=starts,
                ends=ends,
                place=event.location.name if event.location else event.place,
                online=event.online,
            )
        )
    return TemplateResponse(
        request,
        "events/event_detail.html",
        {
            "head": PageHead(
                title=event.title, description=event.opening, path=request.path, image=event.image, json_ld=structured
            ),
            "event": event,
            "over": event.is_over(),
            "contact": Contact.objects.published().with_numbers().filter(pk=event.contact_id).first(),
        },
    )

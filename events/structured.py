"""An event as search engines read it (schema.org): one Event for each of its next dates."""

from directory.structured_places import address_of
from publishing import json_ld
from publishing.head import absolute

from .models import DateStatus, Event
from .places import place_told
from .schedules import hours_of

_STATUS = {
    DateStatus.CANCELLED: "EventCancelled",
    DateStatus.POSTPONED: "EventPostponed",
    DateStatus.MOVED_ONLINE: "EventMovedOnline",
}


def structured_dates(event, shown):
    """Return what a page's JSON-LD tells of `shown`, the ShownDates of `event`; of a series each names the whole."""
    return [_structured(event, each) for each in shown]


def _structured(event, shown):
    date = shown.date
    if date.all_day:
        starts, ends = date.first_day.isoformat(), date.final_day.isoformat()
    else:
        starts, ends = date.local_start.isoformat(), date.local_end.isoformat() if date.has_end else None
    location, place = date.where
    at_a_place = bool(location or place) and date.status != DateStatus.MOVED_ONLINE
    return json_ld.event(
        name=event.title,
        description=event.opening,
        path=event.get_absolute_url(),
        starts=starts,
        ends=ends,
        place=place_told(location, place, online=False),
        address=address_of(location).get("address") if location else None,
        online=date.online,
        mixed=date.online and at_a_place,
        status=_STATUS.get(date.status, "EventRescheduled" if date.is_moved else "EventScheduled"),
        previous_start=_planned_start(date) if date.is_moved else None,
        image=event.image,
        offers=_offers(event, shown),
        series=event.title if event.is_series else None,
        languages=event.language_list,
    )


def _planned_start(date):
    if date.all_day:
        return date.day.isoformat()
    start, _end = hours_of(date.event, date.change)
    starts_at, _ends_at = date.event.span_on(date.day, start, None)
    return starts_at.astimezone(date.zone).isoformat()


def _offers(event, shown):
    if not event.free and event.amount is None:
        return None
    full = shown.availability.reason == "full" or shown.date.status == DateStatus.FULL
    here = event.sign_up_by == Event.SignUp.HERE
    return json_ld.offer(
        price=0 if event.free else event.amount,
        address=absolute(event.get_absolute_url()) if here or not event.sign_up_url else event.sign_up_url,
        sold_out=full,
        valid_from=event.published_at,
    )

"""Plain links that put a date into a calendar kept by another company. Nothing is sent until somebody follows one."""

from datetime import UTC
from urllib.parse import urlencode

from publishing.head import absolute
from publishing.local_time import day_after

from .places import where_told

LONGEST_TEXT = 500  # of a long address some browsers and servers make an error


def google_link(date):
    """Return the address at which Google Calendar offers to keep `date`, an EventDate."""
    if date.all_day:
        span = f"{date.first_day:%Y%m%d}/{day_after(date.final_day):%Y%m%d}"
    else:
        span = f"{date.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}/{_end(date).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return "https://calendar.google.com/calendar/render?" + urlencode(
        {
            "action": "TEMPLATE",
            "text": date.event.title,
            "dates": span,
            "details": _details(date),
            "location": where_told(date),
        }
    )


def outlook_link(date):
    """Return the address at which Outlook on the web offers to keep `date`, an EventDate."""
    if date.all_day:
        span = {
            "startdt": date.first_day.isoformat(),
            "enddt": day_after(date.final_day).isoformat(),
            "allday": "true",
        }
    else:
        span = {"startdt": _utc(date.starts_at), "enddt": _utc(_end(date))}
    return "https://outlook.live.com/calendar/0/deeplink/compose?" + urlencode(
        {
            "path": "/calendar/action/compose",
            "rru": "addevent",
            "subject": date.event.title,
            **span,
            "body": _details(date),
            "location": where_told(date),
        }
    )


def _end(date):
    return date.ends_at if date.has_end else date.starts_at


def _utc(at):
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _details(date):
    return f"{date.event.opening[:LONGEST_TEXT]}\n{absolute(date.event.get_absolute_url())}"

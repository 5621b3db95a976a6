"""The waits for other sites and apps."""

from datetime import UTC

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import instant
from publishing.head import absolute

from ..waits import current_waits
from .frame import kept_no_longer_than


@require_safe
def wait_times_json(request):
    """Send the board as open data; instants in ISO 8601 UTC, a wait of null where none may be shown."""
    now = instant.now()
    waits = current_waits(now)
    body = {
        "generated_at": iso(now),
        "notice": _("Patients are seen by severity of illness or injury. In an emergency call 911."),
        "departments": [
            {
                "name": wait.department.name,
                "url": absolute(wait.department.get_absolute_url()),
                "status": wait.status,
                "status_text": wait.status_text,
                "wait_minutes": wait.minutes,
                "freshness": str(wait.freshness),
                "observed_at": iso(wait.observed_at),
                "expires_at": iso(wait.expires_at),
                "definition": {
                    "from": wait.department.start_event,
                    "to": wait.department.end_event,
                    "statistic": wait.department.statistic,
                    "window_minutes": wait.department.window_minutes,
                },
            }
            for wait in waits
        ],
    }
    response = JsonResponse(body)
    response["Access-Control-Allow-Origin"] = "*"
    return kept_no_longer_than(waits, response)


def iso(instant):
    """Return `instant` as ISO 8601 in UTC; None stays None."""
    return None if instant is None else instant.astimezone(UTC).isoformat().replace("+00:00", "Z")

from datetime import UTC

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from publishing import instant, json_ld
from publishing.head import PageHead, absolute
from publishing.reader import reader_of

from .models import EmergencyDepartment
from .waits import current_waits, seconds_left, wait_of


@require_safe
@vary_on_headers("HX-Request")
def board(request):
    """Show every department's current wait; answer htmx with the list alone."""
    template_name = "ertimes/board.html"
    if request.htmx:
        template_name += "#departments"
    waits = current_waits()
    response = TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(
                title=_("ER wait times"),
                description=_("How long the wait is now in each emergency department, and whom to call."),
                path=request.path,
                json_ld=[_trail()],
            ),
            "waits": waits,
            "now": instant.now(),
        },
    )
    return _kept_no_longer_than(waits, response)


@require_safe
def department_detail(request, slug):
    """Show one emergency department: its wait, what the number means, how to reach it."""
    wait = _wait_or_404(request, slug)
    response = TemplateResponse(
        request,
        "ertimes/department_detail.html",
        {
            "head": PageHead(
                title=wait.department.name,
                description=_("Current wait, phone and directions."),
                path=request.path,
                json_ld=[_trail((wait.department.name, request.path))],
            ),
            "wait": wait,
            "contact": wait.department.contact,
            "now": instant.now(),
        },
    )
    return _kept_no_longer_than([wait], response)


@require_safe
def on_my_way(request, slug):
    """Show how to tell the department that you are coming, after what to do in an emergency."""
    wait = _wait_or_404(request, slug)
    response = TemplateResponse(
        request,
        "ertimes/on_my_way.html",
        {
            "head": PageHead(
                title=_("I’m on my way: %(department)s") % {"department": wait.department.name},
                description=_("Tell the emergency department by phone that you are coming."),
                path=request.path,
                json_ld=[
                    _trail(
                        (wait.department.name, wait.department.get_absolute_url()), (_("I’m on my way"), request.path)
                    )
                ],
            ),
            "wait": wait,
            "contact": wait.department.contact,
            "now": instant.now(),
        },
    )
    return _kept_no_longer_than([wait], response)


@require_safe
def wait_times_json(request):
    """Send the board as open data; instants in ISO 8601 UTC, a wait of null where none may be shown."""
    now = instant.now()
    waits = current_waits(now)
    body = {
        "generated_at": _iso(now),
        "notice": _("Patients are seen by severity of illness or injury. In an emergency call 911."),
        "departments": [
            {
                "name": wait.department.name,
                "url": absolute(wait.department.get_absolute_url()),
                "status": wait.department.status,
                "status_text": wait.department.status_text,
                "wait_minutes": wait.minutes,
                "freshness": str(wait.freshness),
                "observed_at": _iso(wait.observed_at),
                "expires_at": _iso(wait.expires_at),
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
    return _kept_no_longer_than(waits, response)


def _wait_or_404(request, slug):
    departments = EmergencyDepartment.objects.visible_to(reader_of(request)).with_newest_reading()
    return wait_of(get_object_or_404(departments.select_related("location").with_published_contact(), slug=slug))


def _kept_no_longer_than(waits, response):
    patch_cache_control(response, public=True, max_age=seconds_left(waits))
    return response


def _iso(instant):
    return None if instant is None else instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _trail(*steps):
    return json_ld.breadcrumbs((_("Home"), "/"), (_("ER wait times"), reverse("ertimes:board")), *steps)

"""The rest of the endpoint's addresses."""

from pathlib import Path

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .problems import Problem

DESCRIPTION = Path(__file__).with_name("openapi.json")


@require_safe
def openapi(request):
    """Send the description of the endpoints, OpenAPI 3.1, to any site that asks."""
    response = HttpResponse(DESCRIPTION.read_bytes(), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=3600)
    return response


@csrf_exempt
def nowhere(request, path):
    """Say in the endpoint's own way that nothing is at this address."""
    detail = _(
        "There is nothing at this address. Send to /api/er/<department>/readings/ or …/visits/, with a “/” last."
    )
    return Problem(404, detail, headers={"Cache-Control": "no-store"}).response()

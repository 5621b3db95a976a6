"""The rest of the endpoint's addresses."""

from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from .problems import Problem


@csrf_exempt
def nowhere(request, path):
    """Say in the endpoint's own way that nothing is at this address."""
    detail = _(
        "There is nothing at this address. Send to /api/er/<department>/readings/ or …/visits/, with a “/” last."
    )
    return Problem(404, detail, headers={"Cache-Control": "no-store"}).response()

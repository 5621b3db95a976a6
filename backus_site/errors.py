"""Pages for what went wrong, in the site's own design. No cache keeps them: what was wrong may be right at once."""

from django.conf import settings
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token


@never_cache
def bad_request(request, exception=None):
    """Say that the request could not be understood."""
    return render(request, "400.html", status=400)


@never_cache
def permission_denied(request, exception=None):
    """Say that this is not for the visitor to see."""
    return render(request, "403.html", status=403)


@never_cache
def page_not_found(request, exception=None):
    """Say that there is no such page, and offer the search."""
    return render(request, "404.html", status=404)


@never_cache
@requires_csrf_token
def server_error(request):
    """Say that it is our fault, with the phone. Asks neither the database nor the session."""
    page = render_to_string("500.html", {"site_name": settings.SITE_NAME, "main_phone": settings.MAIN_PHONE})
    return HttpResponseServerError(page)


@never_cache
def csrf_failure(request, reason=""):
    """Say that a form came without its proof of origin, and how to send it again."""
    return render(request, "403_csrf.html", status=403)

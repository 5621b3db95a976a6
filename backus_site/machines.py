"""Addresses that machines ask for."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from publishing.head import absolute


@never_cache
@require_safe
def healthz(request):
    """Say that this process answers. Asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request):
    """Say whether this process can serve pages: 200, or 503 where the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request):
    """Let search engines in, but not into the admin; a demonstration is not for them at all.

    Pages of results are not forbidden here: they say "noindex", which only who may read them learns. A forbidden
    address that somebody links to would be listed without its page.
    """
    lines = ["User-agent: *"]
    lines += ["Disallow: /"] if settings.DEMONSTRATION else ["Disallow: /admin/"]
    lines += ["", *(f"Sitemap: {absolute(reverse(name))}" for name in ("sitemap", "news:sitemap")), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """Say whom to tell of a security hole (RFC 9116). It expires with the year after this one."""
    expires = datetime(datetime.now(UTC).year + 1, 1, 31, tzinfo=UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT or absolute(reverse('directory:contact_list'))}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, es",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """Lead browsers that ask for /favicon.ico to the icon."""
    return redirect(static("img/favicon.ico"))


@require_safe
def web_manifest(request):
    """Describe the site for a phone's home screen."""
    manifest = {
        "name": f"{settings.SITE_NAME}, {settings.SITE_PLACE}",
        "short_name": settings.SITE_NAME,
        "start_url": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#062029",
        "icons": [
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("img/icon-512-maskable.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")

"""What happens to every request and response of the site."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.utils import translation
from django.utils.cache import add_never_cache_headers

PREFIXED_LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class SitePolicyMiddleware(CSPMiddleware):
    """Send the Content-Security-Policy: the strict one, or under /admin/ the admin's."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/") and not report_only:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


def private_to_staff(get_response):
    """Keep out of every cache what somebody who is signed in was sent: it may hold a draft."""

    def middleware(request):
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        return response

    return middleware


def language_from_address(get_response):
    """Speak the language that the address names (/es/...), else the site's own.

    Django's LocaleMiddleware would also ask a cookie and the Accept-Language header and so vary
    every page by them; here one address is one page for everybody.
    """

    def middleware(request):
        first = request.path_info.removeprefix("/").partition("/")[0]  # "OPTIONS *" has no slash
        with translation.override(first if first in PREFIXED_LANGUAGES else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            return get_response(request)

    return middleware

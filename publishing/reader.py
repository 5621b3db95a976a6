"""Who reads a page: the public, or somebody of the staff who may see drafts."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser


def reader_of(request):
    """Return the user who is signed in, or an AnonymousUser.

    Without a session cookie the session is not even asked, so that a visitor's page stays the same
    for everybody and does not vary by cookie. In a preview the reader is the public, whoever looks.
    """
    if hasattr(request, "preview"):
        return AnonymousUser()
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return request.user
    return AnonymousUser()

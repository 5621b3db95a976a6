"""Ask for a page as a visitor would, without rendering it and without a network."""

import logging
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from ..kinds import models_with_pages
from ..models import Publishable
from ..redirects import new_address
from ..site_paths import path_or_none

logger = logging.getLogger(__name__)

MOST_VIEWS = 200  # asked for one thing; no page for people links to more that are not things


@dataclass(frozen=True)
class Visit:
    """What a visitor would find.

    `found` is None where the page could not be asked. `hidden` is the thing at the address that is
    not live and so not found, or None. `moved_to` is where a redirect leads, or "".
    """

    found: bool | None
    hidden: models.Model | None = None
    moved_to: str = ""


def visits_of(addresses):
    """Return a dict from each address, a pair (path, query) as written in a link, to its Visit.

    Where things have pages of their own, all of a kind are asked for in one query; only what is left
    takes a view each. The instant is that of `publishing.instant`.
    """
    things = things_at({unquote(path) for path, query in addresses})
    visits = {}
    views = MOST_VIEWS
    for path, query in addresses:
        thing = things.get(unquote(path))
        if thing is not None:
            live = thing.is_published_at()
            visits[path, query] = Visit(found=live, hidden=None if live else thing)
        elif views > 0:
            views -= 1
            visits[path, query] = visit(path, query)
        else:
            visits[path, query] = Visit(found=None)
    return visits


def things_at(paths):
    """Return a dict from those of `paths` that are the address of a thing to the thing, live or not."""
    found = {}
    for model, name in models_with_pages():
        before, _mark, after = model(**{name: "mark"}).get_absolute_url().partition("mark")
        wanted = {
            path.removeprefix(before).removesuffix(after)
            for path in paths
            if path.startswith(before) and path.endswith(after) and "\x00" not in path
        }
        for thing in model.objects.filter(**{f"{name}__in": wanted}) if wanted else ():
            if thing.get_absolute_url() in paths:
                found[thing.get_absolute_url()] = thing
    return found


def visit(path, query=""):
    """Return the Visit of `path` (as it stands in an address) with `query`, as somebody not signed in."""
    path = unquote(path)
    if "\x00" in path:
        return Visit(found=False)
    for prefix, exists in ((settings.MEDIA_URL, _media_exists), (settings.STATIC_URL, _static_exists)):
        if prefix.startswith("/") and path.startswith(prefix):
            return Visit(found=exists(path.removeprefix(prefix)))
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        match = _resolved(path)
        if match is None:
            return _redirected(path)
        answer = _answer(match, _request(path, query, AnonymousUser()))
        if answer is not Missing:
            return Visit(found=None if answer is None else True)
        # Somebody who may see everything finds drafts too.
        staff = _request(path, query, get_user_model()(is_active=True, is_superuser=True))
        staff.COOKIES[settings.SESSION_COOKIE_NAME] = "staff"
        hidden = _thing_shown_by(_answer(match, staff))
    return Visit(found=False, hidden=hidden) if hidden else _redirected(path)


class Missing:
    """The answer of a view that has no page for the visitor."""


def _redirected(path):
    normal = path_or_none(path)
    target = new_address(normal) if normal else None
    return Visit(found=bool(target), moved_to=target or "")


def _resolved(path):
    # A missing slash at the end is mended by CommonMiddleware.
    for candidate in (path, path + "/"):
        try:
            return resolve(candidate)
        except Resolver404:
            continue
    return None


def _request(path, query, user):
    """Return a request as the middleware would hand it to a view."""
    site = urlsplit(settings.SITE_URL)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "HTTP_HOST": site.netloc,
        "QUERY_STRING": query,
        "wsgi.url_scheme": site.scheme,
    }
    try:
        request.GET = QueryDict(query)
    except SuspiciousOperation:  # more parameters than a request may have
        request.GET = QueryDict()
    request.user = user
    request.LANGUAGE_CODE = translation.get_language()
    request.htmx = HtmxDetails(request)
    return request


def _answer(match, request):
    """Return the response of the view, unrendered; Missing where there is no page; None where it failed."""
    request.resolver_match = match
    try:
        # A view that fails in the database must not spoil the transaction around the checks.
        if transaction.get_connection().in_atomic_block:
            with transaction.atomic():
                response = match.func(request, *match.args, **match.kwargs)
        else:
            response = match.func(request, *match.args, **match.kwargs)
    except (Http404, PermissionDenied, SuspiciousOperation):
        return Missing
    except Exception:  # whatever a feature's view does wrong must not keep the editor from publishing
        logger.exception("The page at %r could not be asked.", request.path)
        return None
    # Not response.close(): it tells Django that the request is over, and the database is closed under the checks.
    file = getattr(response, "file_to_stream", None)
    if file is not None:
        file.close()
    return Missing if response.status_code >= 400 else response


def _thing_shown_by(response):
    """Return the thing that is not live in what a view would show, or None."""
    values = (getattr(response, "context_data", None) or {}).values()
    return next((value for value in values if isinstance(value, Publishable) and value.pk), None)


def _media_exists(name):
    try:
        return default_storage.exists(name)
    except (SuspiciousOperation, OSError, ValueError):
        return False


def _static_exists(name):
    try:
        return staticfiles_storage.exists(name) or (settings.DEBUG and finders.find(name) is not None)
    except (SuspiciousOperation, OSError, ValueError):
        return False

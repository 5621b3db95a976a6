"""What is done about a page that is not there: the visitor is led to where it is now, or it is counted."""

import logging

from django.db import DatabaseError
from django.http import HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri

from .missing_addresses import missing_addresses
from .preview import PARAMETER as PREVIEW
from .redirects import new_address
from .site_paths import is_apart, path_of, path_or_none

logger = logging.getLogger(__name__)


def answer_for_missing_pages(get_response):
    """Follow a redirect where the site's own answer is 404, so that a page that is there costs no query."""

    def middleware(request):
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or is_apart(request.path_info):
            return response
        if PREVIEW in request.GET:  # a link that is no longer open says nothing of the page at its address
            return response
        path = path_or_none(request.path_info)
        if path is None:
            return response
        try:
            target = new_address(path)
        except DatabaseError:  # the page that says "not found" is still right
            logger.warning("Redirects could not be looked up", exc_info=True)
            return response
        if target is None:
            if request.method == "GET":
                missing_addresses.count(path)
            return response
        moved = HttpResponsePermanentRedirect(_with_query(target, request.META.get("QUERY_STRING", "")))
        # A browser may otherwise keep it for ever, and go in a circle once the page moves back.
        moved["Cache-Control"] = "no-cache"
        return moved

    return middleware


def _with_query(target, query):
    """Return `target` with the visitor's `query` added. What he asked of us is not told to another site."""
    if not query or not path_of(target):
        return target
    address, hash_sign, part = target.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{iri_to_uri(query)}{hash_sign}{part}"

"""Leaving at one click in the reader's mail program (RFC 8058): it posts here by itself and shows no page of ours."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..leaving import leave
from ..links import ForgedLinkError, subscriber_to_leave

WORDS = "List-Unsubscribe=One-Click"


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def one_click(request, token):
    """Have the subscriber leave all lists on a POST, as often as it comes; lead whoever opens it to the page to leave.

    The mail program knows no cookie and comes from another host, so nothing but the signed link is asked for, and the
    words that the RFC has it send: scanners that post whatever form they find do not say them.
    """
    if request.method != "POST":
        return redirect("newsletter:leave", token)
    try:
        subscriber = subscriber_to_leave(token)
    except ForgedLinkError:
        return _plain(_("This link is not good: not all of it has come, or it is not ours."), status=410)
    if request.POST.get("List-Unsubscribe") != "One-Click":
        return _plain(_("Nothing was done: the request must say %(words)s.") % {"words": WORDS}, status=400)
    if subscriber is not None:
        leave(subscriber)
    return _plain(_("You have left. Your address is deleted."))


def _plain(words, status=200):
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)

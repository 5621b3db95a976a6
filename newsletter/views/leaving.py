"""Leaving: a page with one button, and who presses it is deleted."""

from django.utils.translation import gettext as _

from .. import leaving
from ..links import on_this_page, preferences_link, subscriber_to_leave
from ..mail_addresses import masked
from .keyed import keyed, page


@keyed(subscriber_to_leave)
def leave(request, subscriber, token):
    """Show one button; the POST deletes the address. A link used before says that it is deleted already."""
    done = subscriber is None
    if request.method == "POST" and subscriber is not None:
        leaving.leave(subscriber)
        done = True
    return page(
        request,
        "newsletter/leave.html",
        _("You have left") if done else _("Leave (unsubscribe)"),
        done=done,
        address="" if done else masked(subscriber.email),
        preferences_link="" if done else on_this_page(preferences_link(subscriber)),
        nothing_ticked="nothing-ticked" in request.GET,
    )

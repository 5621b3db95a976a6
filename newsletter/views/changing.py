"""Confirming a new address: one button, as for signing up."""

from django.utils.translation import gettext as _

from ..address_changes import confirm_change
from ..links import change_to_confirm, on_this_page, preferences_link
from ..mail_addresses import masked
from .keyed import keyed, no_good, page


@keyed(change_to_confirm)
def change(request, found, token):
    """Show the new address and one button; the POST makes it the address that mail goes to."""
    done = request.method == "POST"
    subscriber = confirm_change(found) if found and done else found and found.subscriber
    if subscriber is None:
        return no_good(request, _("The address was changed already, or you have left since."))
    return page(
        request,
        "newsletter/change.html",
        _("Your address is changed") if done else _("Change your address"),
        done=done,
        address=masked(found.email),
        preferences_link=on_this_page(preferences_link(subscriber)) if done else "",
    )

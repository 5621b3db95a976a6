"""Confirming what was asked for: the link opens a page with one button, since mail scanners follow links."""

from django.utils.translation import gettext as _

from publishing.row_numbers import row_number

from ..links import on_this_page, preferences_link, subscriber_to_confirm
from ..models import MailingList, Subscription
from ..signing_up import confirm as confirm_lists
from .keyed import keyed, no_good, page


@keyed(subscriber_to_confirm, without_status=404)
def confirm(request, subscriber, token):
    """Show which lists would come and one button; the POST confirms those that the page named."""
    if subscriber is None:
        return no_good(request, _("You have left since, or the address was never confirmed."), status=404)
    if request.method == "POST":
        numbers = [number for text in request.POST.getlist("list")[:100] if (number := row_number(text)) is not None]
        confirm_lists(subscriber, numbers)
    rows = Subscription.objects.filter(subscriber=subscriber)
    waiting = list(MailingList.objects.filter(subscriptions__in=rows.filter(confirmed_at=None)))
    had = list(MailingList.objects.filter(subscriptions__in=rows.confirmed()))
    done = not waiting and bool(had)
    return page(
        request,
        "newsletter/confirm.html",
        _("You will get this") if done else _("Confirm what you asked for"),
        done=done,
        waiting=waiting,
        had=had,
        preferences_link=on_this_page(preferences_link(subscriber)) if done else "",
    )

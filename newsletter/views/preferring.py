"""The page of one's own subscription: which lists come, in which language, to which address."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ..address_changes import OftenError
from ..forms import CONSENT, AddressForm, PreferencesForm
from ..links import leave_link, on_this_page, subscriber_to_prefer
from ..list_choices import choices_of
from ..mail_addresses import masked
from ..tasks import ask_new_address
from .keyed import keyed, page


@keyed(subscriber_to_prefer)
def preferences(request, subscriber, token):
    """Show what the subscriber gets; store another choice, or have a new address asked."""
    if subscriber is None:
        return page(request, "newsletter/leave.html", _("You have left"), done=True)
    if request.method != "POST":
        return _page(request, subscriber)
    match request.POST.get("do"):
        case "choose":
            return _choose(request, subscriber)
        case "address":
            return _change_address(request, subscriber)
    return _page(request, subscriber, refused=_("This button is not known here. Please try again."), status=400)


def _choose(request, subscriber):
    form = PreferencesForm(request.POST, subscriber=subscriber)
    if not form.is_valid():
        return _page(request, subscriber, form=form, status=422)
    if not form.cleaned_data["lists"]:
        return redirect(f"{on_this_page(leave_link(subscriber))}?nothing-ticked")
    form.choose(page=_PAGE)
    return redirect(f"{request.path}?stored")


def _change_address(request, subscriber):
    form = AddressForm(request.POST, subscriber=subscriber)
    if not form.is_valid():
        return _page(request, subscriber, address_form=form, status=422)
    try:
        change = form.request_change()
    except OftenError as error:
        form.add_error("email", str(error.args[0]))
        return _page(request, subscriber, address_form=form, status=429)
    if change is not None:
        ask_new_address.enqueue(change.pk)
    return redirect(f"{request.path}?{'asked' if change else 'same'}")


# What a Consent says of the page: its address holds the key, which is nobody's business.
_PAGE = "/newsletter/preferences/"


def _page(request, subscriber, *, form=None, address_form=None, refused="", status=200):
    form = form or PreferencesForm(subscriber=subscriber)
    return page(
        request,
        "newsletter/preferences.html",
        _("What we send you"),
        status=status,
        address=masked(subscriber.email),
        form=form,
        choices=choices_of(form["lists"]),
        address_form=address_form or AddressForm(subscriber=subscriber),
        wrong=next((each for each in (form, address_form) if each is not None and each.errors), None),
        refused=refused,
        consent=CONSENT,
        leave_link=on_this_page(leave_link(subscriber)),
        told=next((word for word in ("stored", "asked", "same") if word in request.GET), ""),
    )

"""The page of one registration, for whoever has its link: what it is, how to change or cancel it, and an offer."""

from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from publishing.head import PageHead
from publishing.visitor_forms import visitor_form

from ..calendar_files import calendar_of_dates
from ..models import Event, Registration
from ..registering import RefusedError, accept, cancel
from ..registration_forms import ChangeForm
from ..registration_links import ForgedLinkError, registration_of, token_of
from .registering import page

State = Registration.State
TITLES = {
    State.CONFIRMED: gettext_lazy("You are registered"),
    State.WAITING: gettext_lazy("You are on the waiting list"),
    State.OFFERED: gettext_lazy("A seat is free for you"),
    State.CANCELLED: gettext_lazy("Your registration is cancelled"),
}


def kept_to_oneself(view):
    """Tell no other site and no search engine the address of the page: it is the key to the registration.

    Unlike “no-referrer”, “same-origin” lets the browser say that a form comes from this site.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapper


def with_registration(view):
    """Call `view` with the Registration of the link, or say that the link is forged or what it led to is deleted."""

    @wraps(view)
    def wrapper(request, token):
        try:
            found = registration_of(token)
        except ForgedLinkError:
            return _gone(request, forged=True)
        return _gone(request, forged=False) if found is None else view(request, found)

    return wrapper


@never_cache
@visitor_form
@kept_to_oneself
@require_http_methods(["GET", "HEAD", "POST"])
@with_registration
def registration(request, found):
    """Show the registration; change or cancel it, take or leave a seat that is offered."""
    if request.method == "POST":
        return _done(request, found)
    return _page(request, found)


@never_cache
@kept_to_oneself
@require_safe
@with_registration
def registration_calendar(request, found):
    """Send the date as a calendar file."""
    response = HttpResponse(
        calendar_of_dates([found.date], name=found.date.event.title), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.date.event.slug}.ics"'
    return response


def _done(request, found):
    """Do what the button said that was pressed; a reason for which it cannot be done is shown on the page."""
    try:
        match request.POST.get("do"):
            case "cancel" | "decline":
                cancel(found)
            case "accept":
                accept(found)
            case "change":
                form = ChangeForm(request.POST, registration=found)
                if not form.is_valid():
                    return _page(request, found, form=form, status=422)
                form.change()
            case _:
                return _page(request, found, refused=_("This button is not known here. Please try again."), status=400)
    except RefusedError as error:
        fresh = registration_of(token_of(found))
        if fresh is None:
            return _gone(request, forged=False)
        return _page(request, fresh, refused=str(error.args[0]), status=409)
    return redirect(request.path)


def _page(request, found, *, form=None, refused="", status=200):
    date, event = found.date, found.date.event
    over = date.is_past()
    active = found.state != State.CANCELLED
    knows_link = found.state == State.CONFIRMED or event.online_url_for == Event.LinkFor.EVERYBODY
    return page(
        request,
        date,
        "events/registration.html",
        str(TITLES[found.state]),
        status=status,
        registration=found,
        over=over,
        active=active,
        form=form or (ChangeForm(registration=found) if active and not over else None),
        again="again" in request.GET,
        refused=refused,
        online_url=event.online_url if date.online and knows_link and date.takes_place and not over else "",
        path=request.path,
    )


def _gone(request, *, forged):
    title = _("This link is not good") if forged else _("This registration is not kept any more")
    return TemplateResponse(
        request,
        "events/registration_gone.html",
        {"head": PageHead(title=title, indexed=False), "title": title, "forged": forged},
        # 410 in both cases: the paths of pages that are not found (404) are counted and shown to editors.
        status=410,
    )

"""Registering for a date: the form, and what is said where it cannot be."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.models import Contact
from publishing.client_address import sender_of
from publishing.head import PageHead
from publishing.row_numbers import row_number
from publishing.visitor_forms import visitor_form

from ..limits import TooManyError
from ..models import EventDate
from ..registering import ClosedError, RefusedError
from ..registration_forms import RegisterForm
from ..registration_links import registration_link
from ..seats import availability_of


@never_cache
@visitor_form
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, slug, date):
    """Show the form; store one registration for it, however often it is sent."""
    date = _date_or_404(slug, date)
    found = availability_of([date])[date.pk]
    form = RegisterForm(request.POST if request.method == "POST" else None, date=date)
    if form.is_bound:
        known = form.registered_before()
        if known is not None:
            again = "" if form.says_the_same_as(known) else "?again=1"
            return redirect(registration_link(known) + again)
    if not found.opens:
        return _closed(request, date, found)
    if form.is_bound and form.is_valid():
        try:
            return redirect(registration_link(form.register(sender=sender_of(request, purpose="events"))))
        except TooManyError as error:
            return _too_many(request, date, error)
        except ClosedError:
            return _closed(request, date, availability_of([date])[date.pk])
        except RefusedError as error:
            form.add_error(None, str(error.args[0]))
            found = availability_of([date])[date.pk]
    return page(
        request,
        date,
        "events/register.html",
        _("Join the waiting list") if found.reason == "full" else _("Register"),
        status=422 if form.is_bound else 200,
        form=form,
        seats=found,
    )


def _date_or_404(slug, number):
    pk = row_number(str(number))
    if pk is None:
        raise Http404
    return get_object_or_404(EventDate.objects.of_published().with_event(), event__slug=slug, pk=pk)


def _closed(request, date, found):
    """Say why nobody can register here. What was sent all the same is a conflict."""
    status = 409 if request.method == "POST" else 200
    return page(request, date, "events/register_closed.html", _("Registration is closed"), status=status, seats=found)


def _too_many(request, date, error):
    response = page(
        request, date, "events/register_too_many.html", _("Not registered"), status=429, reason=str(error.args[0])
    )
    response["Retry-After"] = "3600"
    return response


def page(request, date, template_name, title, *, status=200, **context):
    """Return a page about `date` that search engines leave alone."""
    event = date.event
    response = TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(title=f"{title}: {event.title}", path=request.path, indexed=False),
            "title": title,
            "date": date,
            "event": event,
            "contact": Contact.objects.published().with_numbers().filter(pk=event.contact_id).first(),
            **context,
        },
        status=status,
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""The registrations of one date: the list, writing somebody in, and the mails that could not be sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.paging import page_of
from publishing.row_numbers import row_number

from ..attendance import counts_of
from ..models import EventDate, Registration
from ..registering import RefusedError
from ..sending import try_failed_again, unsent_mails
from ..staff_forms import FindForm, WriteInForm

PER_PAGE = 100


def date_or_404(number):
    """Return the EventDate of the row `number` with its event and places."""
    pk = row_number(str(number))
    if pk is None:
        raise Http404
    return get_object_or_404(EventDate.objects.with_event(), pk=pk)


def show(admin, request, date, template_name, title, *, status=200, **context):
    """Return a screen about the registrations of `date`."""
    return TemplateResponse(
        request,
        template_name,
        {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "title": title,
            "date": date,
            "event": date.event,
            "may_add": admin.may(request, "add"),
            "may_change": admin.may(request, "change"),
            "may_export": admin.may(request, "export"),
            **context,
        },
        status=status,
    )


def of_date(admin, request, date):
    """List the registrations of a date, found by name, mail address and state."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    date = date_or_404(date)
    form = FindForm(request.GET)
    rows = Registration.objects.filter(date=date).order_by("created_at", "pk")
    if form.is_valid():
        if words := form.cleaned_data["q"].replace("\x00", "").strip():
            rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
        if (state := form.cleaned_data["state"]) == "came":
            rows = rows.filter(checked_in_at__isnull=False)
        elif state:
            rows = rows.filter(state=state)
    query = request.GET.copy()
    query.pop("page", None)
    return show(
        admin,
        request,
        date,
        "admin/events/registrations.html",
        _("Registrations"),
        form=form,
        counts=counts_of(date),
        page=page_of(request, rows, PER_PAGE),
        rest=query.urlencode(),
    )


def add(admin, request, date):
    """Write somebody in who has called."""
    if not admin.may(request, "add"):
        raise PermissionDenied
    date = date_or_404(date)
    form = WriteInForm(request.POST if request.method == "POST" else None, date=date)
    if form.is_bound and form.is_valid():
        try:
            registration = form.write_in()
        except RefusedError as error:
            form.add_error(None, str(error.args[0]))
        else:
            waits = registration.state == Registration.State.WAITING
            said = _("Put on the waiting list: no seat is free.") if waits else _("Registered.")
            (messages.warning if waits else messages.success)(request, said)
            return HttpResponseRedirect(reverse("admin:events_registrations_of_date", args=[date.pk]))
    status = 422 if form.is_bound else 200
    return show(
        admin,
        request,
        date,
        "admin/events/registration_add.html",
        _("Write somebody in"),
        status=status,
        form=form,
        counts=counts_of(date),
    )


def unsent(admin, request):
    """List the mails that could not be sent, with the reason; a button has them tried once more."""
    if not admin.may(request, "change"):
        raise PermissionDenied
    if request.method == "POST":
        number = try_failed_again()
        said = ngettext("%(number)d mail is tried again now.", "%(number)d mails are tried again now.", number)
        messages.success(request, said % {"number": number})
        return HttpResponseRedirect(request.path)
    mails = unsent_mails(timezone.now()).select_related("registration__date__event").order_by("made_at", "pk")
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Mails that could not be sent"),
        "page": page_of(request, mails, PER_PAGE),
    }
    return TemplateResponse(request, "admin/events/unsent_mails.html", context)

"""On the day: the sheet to print, the screen by which people are checked in, and the list as a file."""

import csv
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import audit
from publishing.row_numbers import row_number
from publishing.spreadsheet_cells import plain_cell

from ..attendance import check_in as note_that_came
from ..attendance import counts_of
from ..models import Registration
from ..staff_forms import FindForm
from .registration_screens import date_or_404, show

MOST_SHOWN = 300  # at the door; further ones are found by their name


def expected(date):
    """Return those of `date` who are expected, by name."""
    return Registration.objects.filter(date=date, state=Registration.State.CONFIRMED).order_by("name", "pk")


def sheet(admin, request, date):
    """Show who is expected as a sheet to be printed."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    date = date_or_404(date)
    return show(
        admin,
        request,
        date,
        "admin/events/attendance_sheet.html",
        _("Attendance"),
        rows=list(expected(date)),
        counts=counts_of(date),
    )


def check_in(admin, request, date):
    """Show who is expected with a button each; note who came."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    date = date_or_404(date)
    if request.method == "POST":
        return _note(admin, request, date)
    form = FindForm(request.GET)
    words = form.cleaned_data["q"].replace("\x00", "").strip() if form.is_valid() else ""
    rows = expected(date)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    rows = list(rows[: MOST_SHOWN + 1])
    return show(
        admin,
        request,
        date,
        "admin/events/check_in.html",
        _("Check-in"),
        form=form,
        words=words,
        rows=rows[:MOST_SHOWN],
        more=len(rows) > MOST_SHOWN,
        counts=counts_of(date),
    )


def _note(admin, request, date):
    """Note what was pressed, and go back to the row."""
    if not admin.may(request, "change"):
        raise PermissionDenied
    number = row_number(request.POST.get("registration", ""))
    found = number and Registration.objects.filter(pk=number, date=date).first()
    if found:
        note_that_came(found, came=request.POST.get("do") != "undo")
    words = request.POST.get("q", "")[:100]
    address = f"{request.path}?{urlencode({'q': words})}" if words else request.path
    return HttpResponseRedirect(f"{address}#registration-{number}" if found else address)


def export(admin, request, date):
    """Send all registrations of a date as a CSV file; the log says how many left, and nobody's name."""
    if not admin.may(request, "export"):
        raise PermissionDenied
    date = date_or_404(date)
    rows = list(Registration.objects.filter(date=date).order_by("created_at", "pk"))
    questions = list(dict.fromkeys(each["question"] for row in rows for each in row.answers))
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="registrations-{date.first_day.isoformat()}.csv"'},
    )
    response.write("\ufeff")
    writer = csv.writer(response)
    head = [_("State"), _("Name"), _("Email address"), _("Phone number"), _("People"), _("Registered at"), _("Came at")]
    writer.writerow(plain_cell(cell) for cell in [*head, *questions])
    for row in rows:
        answers = {each["question"]: each["answer"] for each in row.answers}
        told = [row.get_state_display(), row.name, row.email, row.phone, row.party, _at(row.created_at)]
        told += [_at(row.checked_in_at), *(answers.get(question, "") for question in questions)]
        writer.writerow(plain_cell(cell) for cell in told)
    audit.record(audit.Action.EXPORTED, user=request.user, thing=date, details=f"Registrations: {len(rows)}")
    return response


def _at(instant):
    return "" if instant is None else f"{timezone.localtime(instant):%Y-%m-%d %H:%M}"

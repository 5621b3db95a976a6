"""The screens on which a calendar is brought, looked at entry by entry, imported and accounted for."""

import csv

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.paging import page_of
from publishing.row_numbers import row_number
from publishing.spreadsheet_cells import plain_cell

from ..imports.fetching import checked, fetch
from ..imports.lines import MOST_BYTES
from ..imports.plan import Outcome
from ..imports.storing import look_at, store
from ..models import CalendarImport

LINES_ON_A_PAGE = 100


class SourceForm(forms.Form):
    """A file or an address; `data` and `name` are what was found there."""

    file = forms.FileField(
        label=gettext_lazy("Calendar file (.ics)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=gettext_lazy("At most 5 MB and 500 entries."),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    address = forms.CharField(
        label=gettext_lazy("or its web address"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"size": 60, "inputmode": "url"}),
        help_text=gettext_lazy("It begins with https://. The calendar is fetched once, now."),
    )

    def clean(self):
        cleaned = super().clean()
        file, address = cleaned.get("file"), cleaned.get("address")
        if self.errors:
            return cleaned
        if bool(file) == bool(address):
            raise ValidationError(_("Choose a file, or give an address: one of the two."))
        if file:
            self.data_found, self.name = file.read(MOST_BYTES + 1), file.name
            return cleaned
        try:
            self.data_found = fetch(address)
        except ValidationError as error:
            self.add_error("address", error)
            return cleaned
        parts = checked(address)
        self.name = f"{parts.hostname}{parts.path}"  # what stands behind the path may be a secret
        return cleaned


def bring(admin, request):
    """Ask for a calendar, and lead to what it would change."""
    _refuse_who_may_not(admin, request)
    form = SourceForm(request.POST, request.FILES) if request.method == "POST" else SourceForm()
    if form.is_bound and form.is_valid():
        name = "".join(char if char.isprintable() else " " for char in form.name).strip() or _("(no name)")
        try:
            run = look_at(form.data_found, name=name, user=request.user)
        except ValidationError as error:
            form.add_error("file" if form.cleaned_data.get("file") else "address", error)
        else:
            return HttpResponseRedirect(admin.url("import_run", run.pk))
    runs = CalendarImport.objects.defer("data", "lines").select_related("made_by")[:10]
    return _page(admin, request, "import.html", form=form, runs=runs)


def one_run(admin, request, key):
    """Show what an import does or has done, entry by entry; import it when that is said."""
    _refuse_who_may_not(admin, request)
    run = _run_of(key)
    if run is None:
        return _gone(admin, request)
    if request.method == "POST":
        if store(run, user=request.user):
            done = CalendarImport.objects.defer("data").get(pk=run.pk)
            stored = sum(line["outcome"] in (Outcome.NEW, Outcome.CHANGED) for line in done.lines)
            text = ngettext("%(count)d event is imported.", "%(count)d events are imported.", stored)
            messages.success(
                request, f"{text % {'count': stored}} {_('Visitors see nothing of it before you publish.')}"
            )
        return HttpResponseRedirect(request.path)
    sums = {outcome: sum(line["outcome"] == outcome for line in run.lines) for outcome in Outcome}
    shown = request.GET.get("show", "")
    lines = [line for line in run.lines if line["outcome"] == shown] if shown in Outcome.values else run.lines
    page = page_of(request, lines, LINES_ON_A_PAGE)
    context = {
        "run": run,
        "sums": [{"outcome": outcome, "number": number} for outcome, number in sums.items() if number],
        "total": len(run.lines),
        "to_store": sums[Outcome.NEW] + sums[Outcome.CHANGED],
        "shown": shown,
        "page": page,
        "rows": [{**line, "label": Outcome(line["outcome"]).label} for line in page],
    }
    return _page(admin, request, "import_run.html", **context)


def send_report(admin, request, key):
    """Send the account of all entries as a CSV file."""
    _refuse_who_may_not(admin, request)
    run = _run_of(key)
    if run is None:
        return _gone(admin, request)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="calendar-import-{run.pk}.csv"'},
    )
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([_("Entry"), _("UID"), _("Title"), _("When"), _("What becomes of it"), _("Remarks")])
    for line in run.lines:
        label = Outcome(line["outcome"]).label
        cells = [line["uid"], line["title"], line["when"], label, " ".join(line["told"])]
        writer.writerow([line["number"], *(plain_cell(cell) for cell in cells)])
    return response


def may_import(admin, request):
    return admin.has_add_permission(request) and admin.has_change_permission(request)


def _refuse_who_may_not(admin, request):
    if not may_import(admin, request):
        raise PermissionDenied


def _run_of(key):
    return CalendarImport.objects.defer("data").select_related("made_by").filter(pk=row_number(key)).first()


def _gone(admin, request):
    messages.warning(request, _("There is no such import any more: old ones are deleted after 90 days."))
    return HttpResponseRedirect(admin.url("import"))


def _page(admin, request, template, **context):
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": _("Import a calendar")}
    return TemplateResponse(request, f"admin/events/{template}", {**frame, **context})

"""The screens on which a file of contacts is brought, looked at, imported and accounted for."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from publishing.admin_addresses import screen_address
from publishing.paging import page_of
from publishing.permissions import may
from publishing.row_numbers import row_number

from ..models import Contact, ContactNumber, ImportRun, Section
from . import report, starting
from .columns import COLUMNS
from .forms import DecisionForm, ImportFileForm

LINES_ON_A_PAGE = 100
RUNS_SHOWN = 10


def may_import(user):
    """Return whether `user` may import: who may add and change contacts and their numbers."""
    return all(may(user, action, model) for action in ("add", "change") for model in (Contact, ContactNumber))


def bring(admin, request):
    """Ask for a file, read it, and lead to what it would change."""
    _refuse_who_may_not(request)
    may_add_sections = may(request.user, "add", Section)
    form = ImportFileForm(request.POST or None, request.FILES or None, may_add_sections=may_add_sections)
    if request.method == "POST" and not request.FILES:
        form = ImportFileForm(request.POST, {}, may_add_sections=may_add_sections)
    if request.method == "POST" and form.is_valid():
        run = starting.begin(
            form.table,
            name=form.file_name,
            user=request.user,
            adds_sections=form.cleaned_data.get("adds_sections", False),
        )
        starting.start(run)
        return HttpResponseRedirect(admin.url("import_run", run.pk))
    runs = list(ImportRun.objects.select_related("created_by")[:RUNS_SHOWN])
    return _page(admin, request, "import.html", _("Import contacts"), form=form, columns=COLUMNS, runs=runs)


def one_run(admin, request, key):
    """Show an import as far as it is; take what is decided about it."""
    _refuse_who_may_not(request)
    run = _run_of(key)
    if run is None:
        return _gone(admin, request)
    if request.method == "POST":
        if "go_on" in request.POST:
            starting.go_on(run.pk)
            return HttpResponseRedirect(request.path)
        return _decide(admin, request, run)
    if request.htmx:
        if not run.works:
            return HttpResponseClientRefresh()
        return TemplateResponse(request, "admin/directory/imports/_progress.html", _progress(run))
    return _show(admin, request, run)


def send_report(admin, request, key):
    """Send the account of all lines as a CSV file."""
    _refuse_who_may_not(request)
    run = _run_of(key)
    if run is None:
        return _gone(admin, request)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="import-{run.pk}-report.csv"'},
    )
    response.write("\ufeff")
    report.write(run, response)
    return response


def _decide(admin, request, run):
    if run.state != ImportRun.State.CHECKED:  # decided already, or by another in this moment
        return HttpResponseRedirect(request.path)
    sums = report.sums_of(run)
    form = _decision_form(request, run, sums, request.POST)
    if not form.is_valid():
        return _show(admin, request, run, form)
    confirmed = starting.confirm(
        run,
        digest=form.cleaned_data["digest"],
        user=request.user,
        publishes=form.publishes,
        leaves_out_refused=form.leaves_out_refused,
    )
    if confirmed:
        starting.start(run)
    else:
        run.refresh_from_db()
        if run.state == ImportRun.State.CHECKED:
            messages.warning(request, _("Nothing is imported yet: this is not what you had looked at. Look once more."))
    return HttpResponseRedirect(request.path)


def _show(admin, request, run, form=None):
    if run.state in (ImportRun.State.READ, ImportRun.State.CONFIRMED):
        return _page(admin, request, "run.html", _("Import contacts"), **_progress(run))
    sums = report.sums_of(run)
    if form is None and run.state == ImportRun.State.CHECKED:
        form = _decision_form(request, run, sums)
    shown = request.GET.get("show")
    if shown not in sums:
        shown = next(outcome for outcome in report.SHOWN_FIRST if outcome in sums)
    return _page(
        admin,
        request,
        "run.html",
        _("Import contacts"),
        **_progress(run),
        form=form,
        sums=[{"label": outcome.label, "number": number} for outcome, number in sums.items()],
        groups=[
            {"outcome": outcome, "number": sums[outcome], "shown": outcome == shown}
            for outcome in report.SHOWN_FIRST
            if outcome in sums
        ],
        total=sum(sums.values()),
        to_store=sums.get("new", 0) + sums.get("changed", 0),
        shown=report.Outcome(shown),
        page=page_of(request, run.lines.filter(outcome=shown), LINES_ON_A_PAGE),
        may_publish=may(request.user, "publish", Contact),
    )


def _decision_form(request, run, sums, data=None):
    return DecisionForm(
        data,
        initial={"digest": run.digest},
        may_publish=may(request.user, "publish", Contact),
        has_refused="refused" in sums,
    )


def _progress(run):
    return {"run": run, "stands_still": starting.stands_still(run)}


def _refuse_who_may_not(request):
    if not may_import(request.user):
        raise PermissionDenied


def _run_of(key):
    """Return the ImportRun that the address names, or None."""
    return ImportRun.objects.select_related("created_by", "confirmed_by").filter(pk=row_number(key)).first()


def _gone(admin, request):
    messages.warning(request, _("There is no such import any more: old ones are deleted after 90 days."))
    return HttpResponseRedirect(admin.url("import"))


def _page(admin, request, template, title, **context):
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": title}
    frame["address_of_list"] = screen_address(Contact, "changelist")
    return TemplateResponse(request, f"admin/directory/imports/{template}", {**frame, **context})

"""The screen on which a file of lay words is looked at, and then taken in."""

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from publishing.admin_addresses import screen_address

from ..editor_forms import ConfirmForm, FileForm
from ..lay_word_import import ChangedMeanwhileError, RefusedRowsError, account_of, take_in
from ..models import LayWord


def screen(admin, request):
    """Ask for a file; show what it would change; store that. The rows travel, signed, with the page."""
    if not (admin.has_add_permission(request) and admin.has_change_permission(request)):
        raise PermissionDenied
    if request.method != "POST":
        return _page(admin, request, file_form=FileForm())
    if "rows" in request.POST:
        return _confirm(admin, request)
    file_form = FileForm(request.POST, request.FILES)
    if not file_form.is_valid():
        return _page(admin, request, file_form=file_form)
    sheet = file_form.sheet
    return _preview(admin, request, sheet.lines, other_columns=sheet.other_columns)


def _confirm(admin, request):
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        for error in (error for errors in form.errors.values() for error in errors):
            messages.error(request, error)
        return HttpResponseRedirect(request.path)
    lines, refused = form.cleaned_data["rows"], form.cleaned_data["refused"]
    try:
        account, new, changed = take_in(
            lines,
            digest=form.cleaned_data["digest"],
            leave_out_refused=refused == ConfirmForm.LEAVE_OUT,
        )
    except (ChangedMeanwhileError, IntegrityError):
        messages.warning(
            request, _("Nothing is imported yet: somebody has changed the list meanwhile. Look at it once more.")
        )
        return _preview(admin, request, lines, refused=refused)
    except RefusedRowsError:
        messages.error(
            request,
            _("Nothing is imported: there are refused rows. Mend them in the file, or choose to leave them out."),
        )
        return _preview(admin, request, lines, refused=refused)
    _log(request, new, changed)
    messages.success(
        request,
        _("Imported: %(new)d added, %(changed)d changed. As they were: %(unchanged)d. Left out: %(refused)d.")
        % {
            "new": len(account.new),
            "changed": len(account.changed),
            "unchanged": len(account.unchanged),
            "refused": len(account.refused),
        },
    )
    return HttpResponseRedirect(screen_address(LayWord, "changelist"))


def _log(request, new, changed):
    for rows, flag in ((new, ADDITION), (changed, CHANGE)):
        if rows:
            LogEntry.objects.log_actions(request.user.pk, rows, flag, change_message="Import")


def _preview(admin, request, lines, *, other_columns=(), refused=ConfirmForm.STOP):
    account = account_of(lines)
    form = ConfirmForm.of(lines, account.digest, refused)
    return _page(admin, request, account=account, form=form, other_columns=other_columns)


def _page(admin, request, **context):
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": _("Import lay words")}
    return TemplateResponse(request, "admin/search/import.html", {**frame, **context})

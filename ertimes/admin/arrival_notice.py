"""The board of those who are on the way to an emergency department, as its staff see and mark it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import audit
from publishing.admin.people import name_of
from publishing.row_numbers import row_number

from ..arrival_board import board_of, departments_with_boards
from ..arrivals import Step, handle
from ..models import ArrivalNotice
from ..models.arrival_notice import KEPT_FOR

CHOSEN = "arrivals_department"  # in the session of a member of the staff


class NumberField(forms.IntegerField):
    """The number of a row in the database."""

    def __init__(self, **options):
        super().__init__(min_value=1, max_value=2**63 - 1, **options)


class StepForm(forms.Form):
    """A button of the board: what was pressed, and what its row showed at that time."""

    notice = NumberField()
    step = forms.ChoiceField(choices=Step)
    state = forms.CharField(max_length=40)
    department = NumberField()


@admin.register(ArrivalNotice)
class ArrivalNoticeAdmin(admin.ModelAdmin):
    """Notices come from visitors and go by themselves: here they are marked, not written."""

    fields = ["department", "code", "name", "mobile", "wheelchair", "interpreter", "expected_at", "status"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False  # there is no form for it

    def may_handle(self, request):
        """Return whether the one who asks may mark notices."""
        return request.user.has_perm("ertimes.change_arrivalnotice")

    def get_urls(self):
        prefix = "ertimes_arrivalnotice"
        view = self.admin_site.admin_view
        return [
            path("sheet/", view(self.sheet_view), name=f"{prefix}_sheet"),
            path("choose/", view(self.choose_view), name=f"{prefix}_choose"),
            path("handle/", view(self.handle_view), name=f"{prefix}_handle"),
            *super().get_urls(),
        ]

    def log_deletions(self, request, queryset):
        """Keep who deleted, and nothing of what was deleted."""
        for _notice in queryset:
            audit.record(audit.Action.DELETED, user=request.user, thing=self.model)

    def changelist_view(self, request, extra_context=None):
        """Show the board; answer htmx with its rows alone, and with nothing where they are as it has them."""
        chosen, departments = self._chosen(request)
        if not request.htmx:
            return self._page(request, "admin/ertimes/arrival_board.html", chosen, departments)
        board = chosen and board_of(chosen, timezone.now())
        if board and request.GET.get("known") == board.state:
            return HttpResponse(status=204)
        return self._rows(request, chosen, board)

    def sheet_view(self, request):
        """Show the board as a sheet to be printed, with the time by which it is to be destroyed."""
        chosen, departments = self._chosen(request)
        return self._page(request, "admin/ertimes/arrival_sheet.html", chosen, departments)

    def choose_view(self, request):
        """Remember for this member of the staff whose board it is."""
        chosen, _departments = self._chosen(request, request.POST)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if chosen is not None:
            request.session[CHOSEN] = chosen.pk
        return HttpResponseRedirect(reverse("admin:ertimes_arrivalnotice_changelist"))

    def handle_view(self, request):
        """Take one step with one notice, and show the board as it is then."""
        if not self.may_handle(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = StepForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(_("This button is not known here. Reload the page."))
        step = Step(form.cleaned_data["step"])
        handled = handle(form.cleaned_data["notice"], step, seen_state=form.cleaned_data["state"], user=request.user)
        said = what_was_done(handled)
        if not request.htmx:
            messages.add_message(request, messages.SUCCESS if handled.done else messages.WARNING, said)
            address = reverse("admin:ertimes_arrivalnotice_changelist")
            return HttpResponseRedirect(f"{address}?department={form.cleaned_data['department']}")
        chosen, _departments = self._chosen(request, request.POST)
        return self._rows(request, chosen, chosen and board_of(chosen, timezone.now()), handled=handled, said=said)

    def _chosen(self, request, asked=None):
        """Return (the department whose board is asked for, None without any; all that have boards)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        departments = list(departments_with_boards(timezone.now()))
        by_number = {department.pk: department for department in departments}
        number = row_number((request.GET if asked is None else asked).get("department", ""))
        for wanted in (number, request.session.get(CHOSEN)):
            if wanted in by_number:
                return by_number[wanted], departments
        return (departments[0] if departments else None), departments

    def _rows(self, request, chosen, board, **said):
        context = {"department": chosen, "board": board, "may_handle": self.may_handle(request), **said}
        return TemplateResponse(request, "admin/ertimes/_arrivals.html", context)

    def _page(self, request, template_name, chosen, departments):
        board = chosen and board_of(chosen, timezone.now())
        destroy_by = min((row.notice.expected_at + KEPT_FOR for row in board.awaited), default=None) if board else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("On the way"),
            "opts": self.opts,
            "departments": departments,
            "department": chosen,
            "board": board,
            "may_handle": self.may_handle(request),
            "destroy_by": destroy_by,
        }
        return TemplateResponse(request, template_name, context)


def what_was_done(handled):
    """Return a sentence about what became of a step; who was first where it was somebody else."""
    notice = handled.notice
    if notice is None:
        return _("This notice is over and is not there any more.")
    values = {"code": notice.code, "status": notice.get_status_display()}
    if handled.done:
        return _("%(code)s: %(status)s.") % values
    if notice.handled_at is None:
        return _("%(code)s has changed since you looked: see what is new, then press again.") % values
    if notice.handled_by is None:
        return _("%(code)s: %(status)s, by the patient.") % values
    values |= {"who": name_of(notice.handled_by), "at": date_format(timezone.localtime(notice.handled_at), "g:i A")}
    return _("%(who)s was first: %(code)s is marked “%(status)s” since %(at)s.") % values

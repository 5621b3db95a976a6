"""The conflict desk: what contradicts itself in the phone list, side by side, and what is decided about it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.paging import page_of
from publishing.permissions import may

from ..conflict_forms import ConflictFilterForm, DecideForm, OwnerForm
from ..conflicts import ChangedMeanwhileError, Kind, assign, cases_of, decide, find_conflicts, reopen
from ..conflicts.showing import by_kind, counts_of, side_by_side
from ..models import ConflictDecision, NumberCheck

MOST_OF_A_KIND = 8  # cases of one kind while all kinds are shown
PER_PAGE = 25  # while one kind is shown
FILTERS = ("kind", "state", "whose", "page")

WHAT_TO_DO = {
    Kind.WRONG: gettext_lazy("Find the right number and change the contact."),
    Kind.SAME_NAME: gettext_lazy("Ring both. If both are right, say in the name or label which is for what."),
    Kind.ONE_NUMBER: gettext_lazy("Ask who answers there. Callers of the other may be lost."),
    Kind.MAIN_NUMBER: gettext_lazy(
        "Whoever calls it reaches the switchboard. Ask for the extension or a number of its own."
    ),
    Kind.TWICE: gettext_lazy("If it is one thing, give it one name in both places, or keep one of the two."),
    Kind.SPELLING: gettext_lazy("Mend the word where it is wrong."),
    Kind.NO_NAME: gettext_lazy("Ring it and ask who it is. Without a name it stays a draft that nobody sees."),
    Kind.NO_NUMBER: gettext_lazy(
        "Visitors are told to ask at the main number. Find one of its own, or decide that it has none."
    ),
    Kind.NEVER_VERIFIED: gettext_lazy("Ring them in the verification round."),
    Kind.OVERDUE: gettext_lazy("Look whether it is still true; the verification round brings it up, too."),
}


class ConflictScreens:
    """What the conflict desk adds to the screens of the contacts."""

    change_list_template = "admin/directory/contact_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("conflicts/", view(self.conflicts_view), name="directory_contact_conflicts"),
            path("conflicts/case/", view(self.case_view), name="directory_contact_case"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        ways = {"may_see_conflicts": _may_see(request.user), "may_verify": may(request.user, "add", NumberCheck)}
        return super().changelist_view(request, {**ways, **(extra_context or {})})

    def conflicts_view(self, request):
        """Show the conflicts by kind, the open ones first, narrowed as the address says."""
        self._refuse_strangers(request)
        form = ConflictFilterForm(request.GET)
        cases = cases_of(find_conflicts())
        wanted = form.matching(cases, request.user)
        one_kind = form.cleaned_data.get("kind")
        wanted.sort(key=lambda case: not case.is_open)
        page = page_of(request, wanted, PER_PAGE) if one_kind else None
        groups = by_kind(page.object_list) if page else by_kind(wanted, MOST_OF_A_KIND)
        context = {
            "title": _("Conflicts"),
            "form": form,
            "counts": counts_of(cases),
            "groups": [(group, WHAT_TO_DO[group.kind]) for group in groups],
            "page": page,
            "filters": urlencode(_filters(request.GET)),
            "rest": urlencode(_filters(request.GET, "state", "whose")),
            "may_decide": self._may_decide(request),
            "may_verify": may(request.user, "add", NumberCheck),
        }
        return self._page(request, "admin/directory/conflict_list.html", context)

    def case_view(self, request):
        """Show one conflict and take what is decided about it, or whose it is."""
        self._refuse_strangers(request)
        back = f"{reverse('admin:directory_contact_conflicts')}?{urlencode(_filters(request.GET))}"
        key = request.GET.get("key", "")
        case = next((each for each in cases_of(one for one in find_conflicts() if one.key == key)), None)
        if case is None:
            messages.success(request, _("This conflict is not there any more: somebody has changed the contacts."))
            return HttpResponseRedirect(back)
        decide_form, owner_form = DecideForm(), OwnerForm(initial={"owner": case.owner_id})
        if request.method == "POST":
            if not self._may_decide(request):
                raise PermissionDenied
            if "assign" in request.POST:
                owner_form = OwnerForm(request.POST)
                done = owner_form.is_valid() and _assign(request, case, owner_form.cleaned_data["owner"])
            elif "mine" in request.POST:
                done = _assign(request, case, request.user)
            elif "reopen" in request.POST:
                done = _reopen(request, case)
            else:
                decide_form = DecideForm(request.POST)
                done = decide_form.is_valid() and _decide(request, case, decide_form.cleaned_data)
            if done:
                return HttpResponseRedirect(back)
            case = cases_of([case.conflict])[0]
        context = {
            "title": _("Conflict"),
            "case": case,
            "what_to_do": WHAT_TO_DO[case.conflict.kind],
            "shown": side_by_side([case])[0],
            "decide_form": decide_form,
            "owner_form": owner_form,
            "back": back,
            "may_decide": self._may_decide(request),
        }
        return self._page(request, "admin/directory/conflict_case.html", context)

    def _refuse_strangers(self, request):
        if not self.has_view_or_change_permission(request) or not _may_see(request.user):
            raise PermissionDenied

    def _may_decide(self, request):
        return may(request.user, "change", ConflictDecision)

    def _page(self, request, template_name, context):
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template_name, {**frame, **context})


def _may_see(user):
    return may(user, "view", ConflictDecision)


def _filters(asked, *names):
    """Return what of the address `asked` narrows the list, all or these `names`, to be kept from screen to screen."""
    return {name: asked[name][:60] for name in names or FILTERS if asked.get(name)}


def _assign(request, case, owner):
    assign(case.conflict, owner)
    messages.success(request, _("Noted who looks after it.") if owner else _("Nobody looks after it now."))
    return True


def _decide(request, case, told):
    return _unless_changed(
        request,
        _("Decided. It stays so until somebody changes these contacts."),
        decide,
        case.conflict,
        told["decision"],
        reason=" ".join(told["reason"].split()),
        user=request.user,
    )


def _reopen(request, case):
    return _unless_changed(request, _("It is open again."), reopen, case.conflict)


def _unless_changed(request, done, deed, *args, **options):
    """Do the deed and say `done`; where another was first, say so and return False."""
    try:
        deed(*args, seen=request.POST.get("seen", ""), **options)
    except ChangedMeanwhileError:
        messages.warning(
            request,
            _("Nothing was stored: somebody has decided or changed a contact since you opened this page. Look again."),
        )
        return False
    messages.success(request, done)
    return True

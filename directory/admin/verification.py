"""The verification round: one contact after the other is rung, and what came of it is told with one tap."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.people import name_of
from publishing.local_time import day_and_time
from publishing.permissions import may
from publishing.row_numbers import row_number

from ..models import ConflictDecision, Contact, ContactNumber, NumberCheck
from ..verification.pressing import NotThereError, SomebodyWasFirstError, press, take_back
from ..verification.turns import round_at

MOST_OF_HISTORY = 20  # checks that are shown with a contact


class CheckForm(forms.Form):
    """A button of the round: which number was rung, what came of it, and what had been known of it."""

    contact = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    number = forms.CharField(max_length=64)
    seen = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    outcome = forms.ChoiceField(choices=NumberCheck.Outcome)
    note = forms.CharField(
        required=False,
        max_length=250,
        error_messages={"max_length": gettext_lazy("Nothing was stored: a note has at most 250 characters.")},
    )


class VerificationScreens:
    """What the verification round adds to the screens of the contacts."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.verify_view)
        return [path("verify/", view, name="directory_contact_verify"), *super().get_urls()]

    def verify_view(self, request):
        """Show whose turn it is; store what is pressed, then go on to the next."""
        if not may(request.user, "add", NumberCheck) or not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            answer = _taken_back(request) if "undo" in request.POST else _pressed(request)
            return HttpResponseRedirect(f"{reverse('admin:directory_contact_verify')}?{urlencode(answer)}")
        template_name = "admin/directory/_turn.html" if request.htmx else "admin/directory/verify.html"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Verification round"),
            **_turn(request),
            "done": _receipt(request),
            "may_see_conflicts": may(request.user, "view", ConflictDecision),
        }
        return TemplateResponse(request, template_name, context)

    @staticmethod
    def checks_shown(contact):
        """Return the history of the checks of `contact` as a list, for its form."""
        checks = contact.checks.select_related("checked_by")[:MOST_OF_HISTORY] if contact.pk else []
        lines = [
            (
                "checks__line--undone" if check.undone_at else "",
                day_and_time(check.checked_at),
                check.displayed,
                check.get_outcome_display(),
                _("(taken back)") if check.undone_at else "",
                name_of(check.checked_by) if check.checked_by else _("somebody who has left"),
                check.note,
            )
            for check in checks
        ]
        if not lines:
            return _("Nobody has rung its numbers here yet.")
        items = format_html_join("", '<li class="{}">{} · {}: <strong>{}</strong> {} · {} {}</li>', lines)
        return format_html('<ul class="checks">{}</ul>', items)


VerificationScreens.checks_shown.short_description = gettext_lazy("checks of its numbers")


def _pressed(request):
    """Store what was pressed; return what the address of the next page is to say."""
    form = CheckForm(request.POST)
    contact = row_number(request.POST.get("contact", ""))
    again = {"contact": contact} if contact else {}
    if not form.is_valid():
        said = form.errors.get("note")
        messages.error(request, said[0] if said else _("Nothing was stored: this button is not known. Press again."))
        return again
    told = form.cleaned_data
    try:
        check = press(
            told["contact"],
            told["number"],
            told["outcome"],
            user=request.user,
            seen=told["seen"],
            note=" ".join(told["note"].split()),
        )
    except NotThereError:
        said = _("Nothing was stored: the contact does not have this number any more.")
        messages.warning(request, _with_note(said, told["note"]))
        return again
    except SomebodyWasFirstError as error:
        messages.warning(request, _with_note(_was_first(error.check), told["note"]))
        return again
    turn = round_at().turn_of(told["contact"])
    return {"done": check.pk, **(again if turn and turn.untried else {})}


def _turn(request):
    """Return whose turn it is: the contact that the address names where it is due, or the first of the round."""
    now = round_at()
    turn = now.turn_of(row_number(request.GET.get("contact", "")))
    turn = turn or now.after(row_number(request.GET.get("after", "")))
    contact = turn and Contact.objects.select_related("section").with_numbers().filter(pk=turn.contact.pk).first()
    return {
        "round": now,
        "turn": turn,
        "contact": contact,
        "numbers": _numbers(contact, turn) if contact else [],
        "outcomes": NumberCheck.Outcome,
    }


@dataclass(frozen=True)
class NumberToRing:
    """One number of the contact whose turn it is, with its newest check (None: never rung)."""

    number: ContactNumber
    is_due: bool
    check: NumberCheck | None


def _numbers(contact, turn):
    checks = NumberCheck.objects.newest().filter(contact=contact).select_related("checked_by")
    newest = {check.number: check for check in checks}
    numbers = {number.value: number for number in contact.numbers.all() if number.kind != ContactNumber.Kind.FAX}
    return [NumberToRing(number, value in turn.due, newest.get(value)) for value, number in numbers.items()]


def _receipt(request):
    """Return the NumberCheck that the one who asks has just stored, as the address names it, or None."""
    pk = row_number(request.GET.get("done", ""))
    checks = NumberCheck.objects.standing().filter(pk=pk, checked_by=request.user) if pk else NumberCheck.objects.none()
    return checks.select_related("contact").first()


def _was_first(check):
    values = {
        "who": name_of(check.checked_by) if check.checked_by else _("Somebody"),
        "number": check.displayed,
        "outcome": check.get_outcome_display(),
        "at": date_format(timezone.localtime(check.checked_at), "g:i A"),
    }
    said = _(
        "%(who)s was first: %(number)s was marked “%(outcome)s” at %(at)s. Yours was not stored: press again if you "
        "found something else."
    )
    return said % values


def _with_note(said, note):
    """Return the sentence `said` with the note that could not be stored, so that nobody has to type it again."""
    return _("%(said)s Your note was: “%(note)s”") % {"said": said, "note": note} if note else said


def _taken_back(request):
    check = take_back(row_number(request.POST.get("undo", "")), user=request.user)
    if check is None:
        messages.warning(request, _("It cannot be taken back any more: it is too old, or there is a newer check."))
        return {}
    messages.success(request, _("Taken back. It is this contact’s turn again."))
    return {"contact": check.contact_id}

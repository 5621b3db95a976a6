"""The screen that shows a newsletter as it will be mailed, and sends it to some of the staff for a test."""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.admin.desk import show

from ..models import TrialMail
from ..trial_mails import ask_for_trial_mails, drafted_rendering, sending_time, without_marks
from .mail_screens import frame_query, look_of, size_told

ROUTE = "mail/"
MOST_ADDRESSES = 5


class TrialForm(forms.Form):
    """To whom a test mail goes: people with an account, so that nobody outside gets a draft."""

    to = forms.CharField(
        label=gettext_lazy("To"),
        max_length=600,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text=gettext_lazy("Mail addresses of the staff, up to 5, with commas between."),
    )

    def clean_to(self):
        """Return the users who have the addresses. Raises ValidationError with each address that nobody has."""
        addresses = list(dict.fromkeys(self.cleaned_data["to"].replace(",", " ").replace(";", " ").lower().split()))
        if not addresses:
            raise ValidationError(_("Give at least one address."))
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(_("Give %(most)d addresses at most.") % {"most": MOST_ADDRESSES})
        found, problems = [], []
        for address in addresses:
            user = None if _is_none(address) else _staff().filter(email__iexact=address).first()
            if user is None:
                problems.append(_("Nobody of the staff has the address “%(address)s”.") % {"address": address[:254]})
            else:
                found.append(user)
        if problems:
            raise ValidationError(problems)
        return found


def _staff():
    return get_user_model().objects.filter(is_staff=True, is_active=True).order_by("pk")


def _is_none(address):
    try:
        validate_email(address)
    except ValidationError:
        return True
    return "\x00" in address


def screen(admin, request, issue):
    """Show the mail as it is drafted: HTML on a phone and on a desktop, plain text, its size. Send it for a test."""
    may_send = admin.has_change_permission(request, issue) or admin.has_publish_permission(request)
    if request.method == "POST" and not may_send:
        raise PermissionDenied
    form = TrialForm(request.POST if request.method == "POST" else None, initial={"to": request.user.email})
    if request.method == "POST" and form.is_valid():
        users = form.cleaned_data["to"]
        ask_for_trial_mails(issue, users, asked_by=request.user)
        text = ngettext("One test mail is on its way.", "%(count)d test mails are on their way.", len(users))
        messages.success(request, text % {"count": len(users)} + " " + _("What became of them stands below."))
        return HttpResponseRedirect(admin.address(issue, "mail"))
    look = look_of(request)
    at = look["at"] or sending_time(issue)
    drafted, rendering = drafted_rendering(issue, at)
    return show(
        admin,
        request,
        issue,
        "admin/newsletter/mail.html",
        _("Mail"),
        drafted=drafted,
        rendering=rendering,
        letter=without_marks(rendering.text) if rendering else "",
        size=size_told(rendering) if rendering else None,
        look=look,
        at=at,
        wrong_time=bool(request.GET.get("at")) and look["at"] is None,
        frame=f"{admin.address(issue, 'mail_shown')}?{frame_query(look, request.GET.get('at', ''))}",
        form=form,
        may_send=may_send,
        may_publish=admin.has_publish_permission(request),
        trials=TrialMail.objects.filter(issue=issue).select_related("to"),
    )

"""The screen on which something is taken from the public, with the reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import drafting
from ...redirects import leave_redirect
from ...snapshots import CannotApplyError
from ..desk import show

ROUTE = "unpublish/"


class UnpublishForm(forms.Form):
    """Why it goes, and where its visitors go instead."""

    class Reason:
        ARCHIVED, REPLACED, IN_ERROR = "archived", "replaced", "in_error"

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            (Reason.ARCHIVED, gettext_lazy("It is over: put it into the archive")),
            (Reason.REPLACED, gettext_lazy("Another page takes its place: archive it and send visitors there")),
            (Reason.IN_ERROR, gettext_lazy("It was published in error: make it a draft again")),
        ],
        widget=forms.RadioSelect,
    )
    replacement = forms.CharField(
        label=gettext_lazy("Address of the page in its place"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("/services/surgery/, or another site with https://"),
    )
    note = forms.CharField(label=gettext_lazy("Note for the history"), required=False, max_length=400)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == self.Reason.REPLACED and not cleaned.get("replacement"):
            self.add_error("replacement", _("Say where its visitors go instead."))
        return cleaned


def screen(admin, request, thing):
    """Ask for the reason and take it down."""
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    form = UnpublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        old_path = thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""
        if reason == form.Reason.REPLACED and not old_path:
            form.add_error("reason", _("It has no page of its own, so there is no address to lead away from."))
        else:
            label = str(dict(form.fields["reason"].choices)[reason])
            note = ". ".join(part for part in (label, form.cleaned_data["note"]) if part)
            try:
                with transaction.atomic():  # both or neither
                    drafting.unpublish(thing, user=request.user, note=note, in_error=reason == form.Reason.IN_ERROR)
                    if reason == form.Reason.REPLACED:
                        leave_redirect(old_path, form.cleaned_data["replacement"], user=request.user, by_hand=True)
            except ValidationError as error:
                form.add_error("replacement", error)
            except CannotApplyError as error:
                form.add_error(
                    "reason",
                    _("The draft beside it cannot become its text: %(why)s. Mend it or throw it away first.")
                    % {"why": error},
                )
            else:
                messages.success(request, _("“%(title)s” is taken down: visitors no longer see it.") % {"title": thing})
                return HttpResponseRedirect(admin.address(thing, "change"))
    uses = admin.uses_for(thing, request)
    return show(admin, request, thing, "admin/desk/unpublish.html", _("Take down"), form=form, uses=uses)

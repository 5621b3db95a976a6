"""The screen on which something is taken from the public, with the reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import drafting
from ..desk import context_for

ROUTE = "unpublish/"


class UnpublishForm(forms.Form):
    """Why it goes, and where its visitors go instead."""

    class Reason:
        ARCHIVED, IN_ERROR = "archived", "in_error"

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            (Reason.ARCHIVED, gettext_lazy("It is over: put it into the archive")),
            (Reason.IN_ERROR, gettext_lazy("It was published in error: make it a draft again")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("Note for the history"), required=False, max_length=400)


def screen(admin, request, thing):
    """Ask for the reason and take it down."""
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    form = UnpublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        label = str(dict(form.fields["reason"].choices)[reason])
        note = ". ".join(part for part in (label, form.cleaned_data["note"]) if part)
        drafting.unpublish(thing, user=request.user, note=note, in_error=reason == form.Reason.IN_ERROR)
        messages.success(request, _("“%(title)s” is taken down: visitors no longer see it.") % {"title": thing})
        return HttpResponseRedirect(admin.address(thing, "change"))
    return TemplateResponse(
        request,
        "admin/desk/unpublish.html",
        context_for(admin, request, thing, _("Take down"), form=form),
    )

"""The screen on which an event is copied: a new draft that says the same, on another day."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.desk import show
from publishing.admin.widgets import LocalDateInput

from ..copying import copy_event
from ..models import Event

ROUTE = "copy/"


class CopyForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160, widget=forms.TextInput(attrs={"size": 60}))
    first_day = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=LocalDateInput,
        help_text=gettext_lazy("Everything moves along with it. Empty: the day is to be announced."),
    )


def screen(admin, request, event):
    """Ask for title and day of the copy, and make it."""
    if not (admin.has_add_permission(request) and admin.has_change_permission(request, event)):
        raise PermissionDenied
    form = CopyForm(request.POST if request.method == "POST" else None, initial={"title": event.title})
    if form.is_bound and form.is_valid():
        try:
            made = copy_event(event, **form.cleaned_data, user=request.user)
        except ValidationError as error:
            for text in error.messages:
                form.add_error(None, text)
        else:
            text = _(
                "“%(title)s” is a draft now, with no one registered. Look through it: visitors see it once published."
            )
            messages.success(request, text % {"title": made})
            return HttpResponseRedirect(admin.address(made, "change"))
    dated = event.timing in Event.DATED
    return show(admin, request, event, "admin/events/copy.html", _("Copy"), form=form, dated=dated)

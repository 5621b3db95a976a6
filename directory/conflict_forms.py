"""What the conflict desk takes: how its list is narrowed, and what is decided."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from publishing.admin.people import name_of

from .conflicts import Kind
from .models import ConflictDecision


class ConflictFilterForm(forms.Form):
    """The filters of the desk, as its address names them; empty ones let everything through."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    state = forms.ChoiceField(
        label=_("Decided"),
        required=False,
        choices=[("", _("Open first, then decided")), ("open", _("Open")), ("decided", _("Decided"))],
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("Everybody’s")), ("mine", _("Mine")), ("nobody", _("Nobody’s"))],
    )

    def matching(self, cases, user):
        """Return those of `cases`, a list of Case, that fit what is asked; a filter that cannot be is ignored."""
        self.is_valid()
        asked = {"kind": "", "state": "", "whose": "", **self.cleaned_data}
        if asked["kind"]:
            cases = [case for case in cases if case.conflict.kind == asked["kind"]]
        if asked["state"]:
            cases = [case for case in cases if case.is_open == (asked["state"] == "open")]
        if asked["whose"]:
            wanted = user.pk if asked["whose"] == "mine" else None
            cases = [case for case in cases if case.owner_id == wanted]
        return cases


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("What is decided?"), choices=ConflictDecision.Decision, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=250,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text=_("One sentence for who asks next year. It holds until somebody changes these contacts."),
        error_messages={"required": _("Say why: a decision needs its reason.")},
    )


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=_("Who looks after it?"), queryset=None, required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = get_user_model().objects.filter(is_staff=True, is_active=True)
        self.fields["owner"].queryset = staff.order_by("username")
        self.fields["owner"].label_from_instance = name_of

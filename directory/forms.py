from django import forms
from django.utils.translation import gettext_lazy as _


class PeopleFilterForm(forms.Form):
    """The filters of the people page. Raises nothing: a value that cannot be is told beside the field."""

    name = forms.CharField(label=_("Name"), required=False, max_length=60)
    specialty = forms.CharField(label=_("Specialty"), required=False, max_length=80, widget=forms.Select)
    accepting = forms.BooleanField(label=_("Accepting new patients"), required=False)

    def __init__(self, *args, specialties=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("Any specialty")), *((specialty, specialty) for specialty in specialties)]
        self.fields["specialty"].widget.choices = choices

    def matching(self, people):
        """Return those of `people`, a queryset of Person, that fit what was asked."""
        asked = self.cleaned_data
        if asked["name"]:
            people = people.filter(name__icontains=asked["name"])
        if asked["specialty"]:
            people = people.filter(specialties__icontains=asked["specialty"])
        if asked["accepting"]:
            people = people.filter(accepting_new_patients=True)
        return people

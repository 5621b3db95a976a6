from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """What a visitor looks for. A CharField refuses the NUL character that PostgreSQL cannot store."""

    q = forms.CharField(
        label=_("Search the site"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={"max_length": _("Please use fewer words: at most 100 characters.")},
    )

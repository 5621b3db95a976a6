from django import forms
from django.utils.translation import gettext_lazy as _

from .questions import LONGEST


class SearchForm(forms.Form):
    """What a visitor looks for: whatever was typed, with blanks in place of what is no text."""

    q = forms.CharField(
        label=_("Search the site"),
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search", "maxlength": LONGEST}
        ),
    )

    def __init__(self, data):
        super().__init__({"q": data.get("q", "").replace("\0", " ")[:LONGEST]})

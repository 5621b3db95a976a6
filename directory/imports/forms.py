"""What somebody says who imports contacts: which file, and then what is to become of it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .files import read
from .tables import MOST_BYTES


class ImportFileForm(forms.Form):
    """A file of contacts; `table` is what was read of it."""

    file = forms.FileField(
        label=_("CSV or Excel file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv,text/csv"}),
        help_text=_("Its first row names the columns. At most 5 MB and 20,000 lines."),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )
    adds_sections = forms.BooleanField(
        label=_("Add the sections that are in the file and not on the contact page yet"), required=False
    )

    def __init__(self, *args, may_add_sections, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_add_sections:
            del self.fields["adds_sections"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.table = read(file.read(MOST_BYTES + 1), file.name)
        return file

    @property
    def file_name(self):
        """Return the file's name as a list can show it."""
        name = "".join(char if char.isprintable() else " " for char in self.cleaned_data["file"].name)
        return name.strip() or str(_("(no name)"))


class DecisionForm(forms.Form):
    """What is decided about an import that was shown; `digest` says which one that was."""

    STOP, LEAVE_OUT = "stop", "leave out"
    DRAFTS, AT_ONCE = "drafts", "at once"

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    refused = forms.ChoiceField(
        label=_("What about the refused lines?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (STOP, _("Import nothing unless everything fits: I mend the file first")),
            (LEAVE_OUT, _("Import what fits, and leave the refused lines out")),
        ],
    )
    visible = forms.ChoiceField(
        label=_("What do visitors see?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (DRAFTS, _("Nothing yet: new contacts are drafts, and changes wait beside the contacts that are live")),
            (AT_ONCE, _("Everything at once: new contacts are published, and changes of live ones are seen")),
        ],
    )

    def __init__(self, *args, may_publish, has_refused, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["visible"]
        if not has_refused:
            del self.fields["refused"]
        self.initial.setdefault("refused", self.STOP)
        self.initial.setdefault("visible", self.DRAFTS)

    def clean_refused(self):
        if self.cleaned_data["refused"] != self.LEAVE_OUT:
            raise ValidationError(
                _("Nothing is imported: lines are refused. Mend them in the file, or choose to leave them out.")
            )
        return self.cleaned_data["refused"]

    @property
    def publishes(self):
        return self.cleaned_data.get("visible") == self.AT_ONCE

    @property
    def leaves_out_refused(self):
        return self.cleaned_data.get("refused") == self.LEAVE_OUT

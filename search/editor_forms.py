"""What editors fill in: lay words, best bets, a file to import, a search to try."""

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .bet_pages import path_in_index
from .lay_word_files import MOST_BYTES, Line, read
from .lay_word_rules import same_row, tidied
from .models import BestBet, LayWord
from .questions import LONGEST
from .words import key_of


class LayWordForm(forms.ModelForm):
    class Meta:
        model = LayWord
        fields = ["words", "means", "language"]
        widgets = {"means": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def clean(self):
        """Tidy the words, and refuse them where another row says the same."""
        cleaned = super().clean()
        if {"words", "means", "language"} <= set(cleaned):
            row = tidied(cleaned["words"], cleaned["means"], cleaned["language"])
            cleaned.update(words=row.words, means=row.means)
            others = LayWord.objects.filter(language=row.language).exclude(pk=self.instance.pk)
            if same := same_row(row, others):
                raise ValidationError(
                    {
                        "words": gettext(
                            "The list has “%(words)s” already: “%(means)s”. Change that line. "
                            "Capitals, accents and plurals make no other words."
                        )
                        % {"words": same.words, "means": same.means}
                    }
                )
        return cleaned


class BestBetForm(forms.ModelForm):
    class Meta:
        model = BestBet
        fields = ["queries", "path", "title", "note", "language"]
        widgets = {
            "queries": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "path": forms.TextInput(attrs={"class": "vTextField"}),
            "note": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "path" in self.fields:
            self.fields["path"].max_length = None  # a whole address may be pasted; what is kept of it is shorter
            self.fields["path"].validators = []
            self.fields["path"].widget.attrs.pop("maxlength", None)
            self.fields["path"].help_text = _(
                "Open the page on the site and copy its address from the browser, or write /locations/main-campus/."
            )

    def clean_queries(self):
        """Keep each line that says something once; of two that are the same to the search, the first."""
        lines, known = [], set()
        for line in self.cleaned_data["queries"].splitlines():
            line = " ".join(line.split())
            if not line:
                continue
            if len(line) > LONGEST:
                raise ValidationError(_("A line is too long: visitors type at most %d characters.") % LONGEST)
            if not (key := key_of(line)):
                raise ValidationError(_("There is no word in “%(line)s”."), params={"line": line})
            if key in known:
                continue
            known.add(key)
            lines.append(line)
        return "\n".join(lines)

    def clean(self):
        cleaned = super().clean()
        if {"path", "language"} <= set(cleaned):
            try:
                cleaned["path"] = path_in_index(cleaned["path"], cleaned["language"])
            except ValidationError as error:
                self.add_error("path", error)
        if {"queries", "language"} <= set(cleaned) and "path" in cleaned:
            self._refuse_second_answer(cleaned)
        return cleaned

    def _refuse_second_answer(self, cleaned):
        own = {key_of(line) for line in cleaned["queries"].splitlines()}
        for other in BestBet.objects.filter(language=cleaned["language"]).exclude(pk=self.instance.pk):
            for line in other.lines:
                if key_of(line) in own:
                    self.add_error(
                        "queries",
                        gettext("“%(line)s” has a best bet already, which leads to %(path)s. Change that one.")
                        % {"line": line, "path": other.path},
                    )
                    return


class FileForm(forms.Form):
    """A CSV file of lay words; `sheet` is what was read of it."""

    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("With the columns words, means, language. From a spreadsheet: save it as “CSV UTF-8”."),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.sheet = read(file.read(MOST_BYTES + 1))
        return file


class ConfirmForm(forms.Form):
    """The rows that were previewed, signed, with the digest of what they would change."""

    LEAVE_OUT, STOP = "leave out", "stop"

    rows = forms.CharField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    refused = forms.ChoiceField(
        label=_("What about the refused rows?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (STOP, _("Import nothing yet: I mend them in the file first")),
            (LEAVE_OUT, _("Leave them out and import the others")),
        ],
    )

    @classmethod
    def of(cls, lines, digest, refused=STOP):
        """Return the unbound form that carries `lines` from the preview to the import."""
        rows = [[line.number, line.words, line.means, line.language, line.too_many] for line in lines]
        return cls(
            initial={
                "rows": signing.dumps(rows, salt=cls.__name__, compress=True),
                "digest": digest,
                "refused": refused,
            }
        )

    def clean_rows(self):
        try:
            rows = signing.loads(self.cleaned_data["rows"], salt=type(self).__name__)
        except signing.BadSignature:
            raise ValidationError(_("The rows did not arrive whole. Choose the file again.")) from None
        return [Line(*row) for row in rows]


class TryForm(forms.Form):
    """A search to try: whatever was typed, and the language of a visitor, the site's own if it is none."""

    q = forms.CharField(
        label=_("What a visitor types"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "maxlength": LONGEST, "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("who reads"), choices=settings.LANGUAGES)

    def __init__(self, data):
        language = data.get("language", "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        super().__init__({"q": data.get("q", "").replace("\0", " ")[:LONGEST], "language": language})

"""What editors fill in for the library: pictures with their words and their focal point, documents, new files."""

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .admin_addresses import address_in_admin
from .duplicates import duplicates_of
from .models import Document, Image
from .uploads import check_document, rebuild_picture

WORDS_OF_PICTURE = [
    *("alternative_text", "decorative", "credit"),
    *("shows_patient", "consent_record", "consent_expires_on"),
]


class PictureField(forms.FileField):
    """A picture, written anew from its pixels: what it cleans to is a RebuiltPicture."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return rebuild_picture(data) if data and file is not initial else file


class DocumentField(forms.FileField):
    """A document that was looked into: what it cleans to is a CheckedDocument."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return check_document(data) if data and file is not initial else file


class ChosenFile(AdminFileWidget):
    """The file there is, and the choice of another one, without a way to have none."""

    template_name = "admin/publishing/widgets/chosen_file.html"


class FocalPointWidget(forms.MultiWidget):
    """Two numbers in percent; the script beside them lets the point be set on the picture itself.

    `picture` is the dict of address, width and height of the one that is shown; None before there is one.
    """

    template_name = "admin/publishing/widgets/focal_point.html"

    class Media:
        css = {"all": ["css/admin-library.css"]}

    def __init__(self):
        self.picture = None
        number = {"min": 0, "max": 100, "step": "any"}
        super().__init__({"x": forms.NumberInput(number), "y": forms.NumberInput(number)})

    def decompress(self, value):
        """Return "0.25x0.5" as [25, 50]; the middle for what is no point."""
        try:
            x, y = (round(float(part) * 100, 1) for part in (value or "").split("x"))
        except ValueError:
            return [50, 50]
        return [int(percent) if percent.is_integer() else percent for percent in (x, y)]

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), "picture": self.picture}


class FocalPointField(forms.MultiValueField):
    """The point of a picture that every crop keeps: "0.25x0.5" is a quarter from the left, half way down."""

    def __init__(self, **options):
        percent = {
            "min_value": 0,
            "max_value": 100,
            "error_messages": {
                "min_value": _("The focal point lies between 0 and 100 percent."),
                "max_value": _("The focal point lies between 0 and 100 percent."),
            },
        }
        parts = [forms.FloatField(**percent), forms.FloatField(**percent)]
        super().__init__(parts, widget=FocalPointWidget(), require_all_fields=True, **options)

    def compress(self, values):
        return "x".join(f"{value / 100:.3f}" for value in values) if values else "0.5x0.5"

    def has_changed(self, initial, data):
        return super().has_changed(self.widget.decompress(initial), data)


class TellsOfDuplicates(forms.ModelForm):
    """A form that tells when its new file is in the library already, and keeps both only where that was chosen."""

    keep_both = forms.BooleanField(
        label=_("Keep both"), required=False, help_text=_("Add the file although the library has it already.")
    )

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if "file" in self.changed_data and file and not cleaned.get("keep_both"):
            hashes = [file.content_hash, getattr(file, "came_as", "")]
            found = duplicates_of(model=self._meta.model, hashes=hashes, besides=self.instance.pk)
            if found:
                self.add_error("file", ValidationError(already_there(next(iter(found.values()))), code="duplicate"))
        return cleaned


def already_there(thing):
    """Return the sentence that `thing`, an Image or Document, is the same file, with the way to it."""
    address = address_in_admin(thing)
    sentence = gettext("This file is already in the library as %s. Use that one, or tick “Keep both”.")
    return format_html(sentence.replace("%s", "{}"), format_html('<a href="{}">“{}”</a>', address, thing))


class ImageForm(TellsOfDuplicates):
    file = PictureField(label=_("Picture"), widget=ChosenFile({"accept": "image/*"}))
    file_ppoi = FocalPointField(
        label=_("Focal point"),
        required=False,
        help_text=_("The part of the picture that stays to be seen where it is cut to fit."),
    )

    class Meta:
        model = Image
        fields = ["title", "file", "file_ppoi", *WORDS_OF_PICTURE]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file_ppoi" in self.fields and self.instance.pk:
            self.fields["file_ppoi"].widget.picture = {
                "address": self.instance.file.url,
                "width": self.instance.file_width,
                "height": self.instance.file_height,
            }


class DocumentForm(TellsOfDuplicates):
    file = DocumentField(
        label=_("File"),
        widget=ChosenFile({"accept": ".pdf,.docx,.xlsx,.pptx"}),
        help_text=Document._meta.get_field("file").help_text,
    )

    class Meta:
        model = Document
        fields = ["title", "file", "language"]


class WordsForPicture(forms.ModelForm):
    """The words with which a new picture joins the library."""

    class Meta:
        model = Image
        fields = ["title", *WORDS_OF_PICTURE]
        widgets = {
            "alternative_text": forms.Textarea({"rows": 2}),
            "consent_expires_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }


class WordsForDocument(forms.ModelForm):
    """The words with which a new document joins the library."""

    class Meta:
        model = Document
        fields = ["title", "language"]

"""Documents to read or print: one address each, which always gives the newest file."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..uploads import CheckedDocument, check_document
from .stored_names import name_with_fingerprint

OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
}
KIND_NAMES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint"}


def document_path(instance, filename):
    """Return where a document is stored. The address of visitors is another one; see `get_absolute_url`."""
    return f"documents/{timezone.now():%Y}/{name_with_fingerprint(filename, instance.content_hash)}"


class Document(models.Model):
    """A file to read or print, checked by what is inside it.

    Everybody who knows its whole address can open it; it is found where it stands on a page or is linked.
    `size` is in bytes. Replacing the file keeps the address.
    """

    title = models.CharField(
        _("title"), max_length=160, help_text=_("What visitors read: “Guide for visitors”, not a file name.")
    )
    file = models.FileField(
        _("file"),
        upload_to=document_path,
        max_length=255,
        help_text=_("PDF, or a Word, Excel or PowerPoint file. A new file takes the place of this one on all pages."),
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    uploaded_as = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("document", args=[self.pk, self.slug])

    def clean(self):
        """Look into a new file. Raises ValidationError by field where it is nothing that can be offered."""
        super().clean()
        if self.file and not self.file._committed:
            try:
                upload = self.file.file
                checked = upload if isinstance(upload, CheckedDocument) else check_document(self.file)
            except ValidationError as error:
                raise ValidationError({"file": error.messages}) from error
            self.file = checked
            self.size = checked.size
            self.content_hash = checked.content_hash
            self.uploaded_as = checked.uploaded_as

    @property
    def address_prefix(self):
        """Return the part of its address that stays the same when the title changes."""
        return self.get_absolute_url().removesuffix(f"{self.slug}/")

    @property
    def slug(self):
        """Return the last part of its address, without which nothing is found. A former one is left as a redirect."""
        return slugify(self.title)[:80] or "document"

    @property
    def suffix(self):
        return self.file.name.rpartition(".")[2].lower()

    @property
    def kind_name(self):
        """Return what it is in a reader's words: PDF, Word, Excel, PowerPoint."""
        return KIND_NAMES[self.suffix]

    @property
    def content_type(self):
        return CONTENT_TYPES[self.suffix]

    @property
    def shown_in_browser(self):
        """Return whether browsers show it themselves; all else is a download."""
        return self.suffix == "pdf"

    @property
    def download_name(self):
        return f"{self.slug}.{self.suffix}"

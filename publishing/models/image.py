"""Pictures: uploaded once, kept small, stripped of what the camera knew, shown in fitting sizes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField

from ..renditions import FORMATS
from ..uploads import RebuiltPicture, rebuild_picture
from .stored_names import name_with_fingerprint


def picture_path(instance, filename):
    """Return where an uploaded picture is stored, below the media folder."""
    return f"images/{timezone.now():%Y}/{name_with_fingerprint(filename, instance.content_hash)}"


class Image(models.Model):
    """A picture of the library, with the words for those who cannot see it.

    The stored file is not the one that came: it was decoded and written anew, upright, without
    EXIF or place, at most 2560 pixels on the long side. `renditions_made_at` is None until a task
    has made the sizes that pages offer; pages then show the stored file. `content_hash` is the
    fingerprint of the stored file, `came_as` of the one that came; both are empty where unknown.
    """

    title = models.CharField(_("title"), max_length=120, help_text=_("For finding it in the library; not shown."))
    file = ImageField(_("picture"), upload_to=picture_path, auto_add_fields=True, formats=FORMATS, max_length=255)
    alternative_text = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the picture tells, for people who cannot see it. One sentence."),
    )
    decorative = models.BooleanField(
        _("only decoration"),
        default=False,
        help_text=_("The picture tells nothing that the text does not: screen readers pass it by."),
    )
    credit = models.CharField(_("credit"), max_length=120, blank=True, help_text=_("Who made it; shown beside it."))
    shows_patient = models.BooleanField(
        _("shows a patient"), default=False, help_text=_("A patient or a visitor can be recognised in it.")
    )
    consent_record = models.CharField(
        _("consent record"),
        max_length=120,
        blank=True,
        help_text=_("Where the signed consent is kept: the number of the form or folder. No names."),
    )
    consent_expires_on = models.DateField(
        _("consent ends on"), null=True, blank=True, help_text=_("Empty: the consent has no end.")
    )
    content_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    came_as = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    uploaded_as = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    renditions_made_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=(Q(decorative=True, alternative_text="") | (Q(decorative=False) & ~Q(alternative_text=""))),
                name="publishing_image_alternative_text_or_decorative",
                violation_error_message=_("Write the alternative text, or tick “only decoration”: one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(shows_patient=False) | ~Q(consent_record=""),
                name="publishing_image_patient_consented",
                violation_error_message=_("A picture that shows a patient needs its consent record."),
            ),
            models.CheckConstraint(
                condition=Q(shows_patient=True) | Q(consent_record="", consent_expires_on__isnull=True),
                name="publishing_image_consent_is_a_patients",
                violation_error_message=_("Tick “shows a patient”, or leave the consent empty."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Replace a new upload by the file rebuilt from its pixels. Raises ValidationError if it is no picture."""
        super().clean()
        if self.file and not self.file._committed:
            try:
                upload = self.file.file
                rebuilt = upload if isinstance(upload, RebuiltPicture) else rebuild_picture(self.file)
            except ValidationError as error:
                raise ValidationError({"file": error.messages}) from error
            self.file = rebuilt
            self.content_hash = rebuilt.content_hash
            self.came_as = rebuilt.came_as
            self.uploaded_as = rebuilt.uploaded_as
            self.renditions_made_at = None

    @property
    def thumbnail_address(self):
        """Return the address of a small picture for lists; of the stored file until the small one is made."""
        return self.file.card_400_webp if self.renditions_made_at else self.file.url

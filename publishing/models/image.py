"""Pictures: uploaded once, kept small, stripped of what the camera knew, shown in fitting sizes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField

from ..renditions import FORMATS
from ..uploads import rebuild_picture


def picture_path(instance, filename):
    """Return where an uploaded picture is stored, below the media folder."""
    return f"images/{timezone.now():%Y}/{filename}"


class Image(models.Model):
    """A picture of the library, with the words for those who cannot see it.

    The stored file is not the one that came: it was decoded and written anew, upright, without
    EXIF or place, at most 2560 pixels on the long side. `renditions_made_at` is None until a task
    has made the sizes that pages offer; pages then show the stored file.
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
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Replace a new upload by the file rebuilt from its pixels. Raises ValidationError if it is no picture."""
        super().clean()
        if self.file and not self.file._committed:
            try:
                self.file = rebuild_picture(self.file)
            except ValidationError as error:
                raise ValidationError({"file": error.messages}) from error
            self.renditions_made_at = None

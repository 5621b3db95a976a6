"""What kind of save a revision was."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from reversion.models import Revision


class RevisionNote(models.Model):
    """The deed that made a revision; who, when and the editor's own note stand in the revision itself."""

    class Deed(models.TextChoices):
        FOUND = "found", _("As it was before its first change here")
        SAVED = "saved", _("Saved")
        DRAFT = "draft", _("Draft saved")
        PUBLISHED = "published", _("Published")
        UNPUBLISHED = "unpublished", _("Taken down")
        RESTORED = "restored", _("Restored")
        RECOVERED = "recovered", _("Recovered after deletion")
        MERGED = "merged", _("Two versions put together")
        SET_ASIDE = "set_aside", _("Set aside: another had saved it")
        DELETED = "deleted", _("Deleted")

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="note")
    deed = models.CharField(max_length=12, choices=Deed)

    def __str__(self):
        return str(self.get_deed_display())

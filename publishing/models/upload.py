"""Files that were uploaded and wait for the words without which they cannot join the library."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..uploads import check_document, looks_like_document, rebuild_picture
from .document import Document
from .image import Image
from .stored_names import name_with_fingerprint


class UploadQuerySet(models.QuerySet):
    def waiting_for(self, user):
        """Return what `user` uploaded and has not described yet, and what was left by people who are gone."""
        return self.filter(models.Q(uploaded_by=user) | models.Q(uploaded_by__isnull=True))


class Upload(models.Model):
    """A checked file on its way into the library. No page can use it: it becomes an Image or a Document first.

    `file` is the name of the stored file, which stays the same when it joins the library.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        DOCUMENT = "document", _("Document")

    kind = models.CharField(max_length=8, choices=Kind)
    file = models.FileField(max_length=255)
    size = models.PositiveBigIntegerField(help_text=_("In bytes."))
    content_hash = models.CharField(max_length=64)
    came_as = models.CharField(max_length=64)
    uploaded_as = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        verbose_name = _("new file")
        verbose_name_plural = _("new files")

    def __str__(self):
        return self.uploaded_as

    @classmethod
    def take_in(cls, upload, user):
        """Return the Upload of `upload` (a Django File), checked and stored; the one there is, if it waits already.

        Raises ValidationError with a sentence where the file is refused.
        """
        if looks_like_document(upload):
            kind, folder, checked = cls.Kind.DOCUMENT, "documents", check_document(upload)
            came_as = checked.content_hash
        else:
            kind, folder, checked = cls.Kind.PICTURE, "images", rebuild_picture(upload)
            came_as = checked.came_as
        waiting = cls.objects.waiting_for(user).filter(kind=kind, came_as=came_as).first()
        if waiting:
            return waiting
        name = name_with_fingerprint(checked.name, checked.content_hash)
        return cls.objects.create(
            kind=kind,
            file=default_storage.save(f"{folder}/{timezone.now():%Y}/{name}", checked),
            size=checked.size,
            content_hash=checked.content_hash,
            came_as=came_as,
            uploaded_as=checked.uploaded_as,
            uploaded_by=user,
        )

    @property
    def suffix(self):
        """Return what the file is, by the ending that it was given after it was looked into: "pdf"."""
        return self.file.name.rpartition(".")[2]

    @property
    def suggested_title(self):
        """Return the file's name as a title: IMG_visitor-guide.pdf as “IMG visitor guide”."""
        words = self.uploaded_as.rpartition(".")[0] or self.uploaded_as
        words = " ".join(words.replace("_", " ").replace("-", " ").split())
        return (words[:1].upper() + words[1:])[:120]

    def as_library_entry(self):
        """Return an Image or a Document that is not stored yet, with this file and without its words."""
        known = {
            "file": self.file.name,
            "content_hash": self.content_hash,
            "uploaded_as": self.uploaded_as,
        }
        if self.kind == self.Kind.PICTURE:
            return Image(**known, came_as=self.came_as)
        return Document(**known, size=self.size)

    def discard(self):
        """Forget the upload, and its file where nothing else has it."""
        name = self.file.name
        self.delete()
        used = (
            Image.objects.filter(file=name).exists()
            or Document.objects.filter(file=name).exists()
            or Upload.objects.filter(file=name).exists()
        )
        if not used:
            default_storage.delete(name)

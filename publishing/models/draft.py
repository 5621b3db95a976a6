"""Work that the public does not see yet, what was said of it, and what stands in another's way."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from reversion.models import Revision


class AboutThing(models.Model):
    """Something said of one published or unpublished thing, of whatever model."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()

    class Meta:
        abstract = True


class AboutThingQuerySet(models.QuerySet):
    def about(self, thing):
        """Return those about `thing`."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


class Draft(AboutThing):
    """Unpublished work on one thing.

    Where the thing has no `published_at`, the work stands in its row. Otherwise the row is what the
    public sees, and the work is the content of `revision` alone. `publish_at` is when the change goes
    live by itself; None: when somebody publishes it. `problem` says why it could not, "" for no problem.
    """

    class Review(models.TextChoices):
        WRITING = "writing", _("Being written")
        SUBMITTED = "submitted", _("Waiting for review")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Approved")

    title = models.CharField(_("title"), max_length=300)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("begun by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saved by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved at"), db_index=True)
    review = models.CharField(_("review"), max_length=12, choices=Review, default=Review.WRITING, db_index=True)
    publish_at = models.DateTimeField(_("goes live at"), null=True, blank=True, db_index=True)
    problem = models.TextField(blank=True)

    objects = AboutThingQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="publishing_draft_once")]

    def __str__(self):
        return self.title


class ReviewNote(AboutThing):
    """One step of a review, with what was said. Kept when the draft is long published."""

    class Step(models.TextChoices):
        COMMENT = "comment", _("Comment")
        SUBMITTED = "submitted", _("Asked for review")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Approved")

    step = models.CharField(max_length=12, choices=Step, default=Step.COMMENT)
    text = models.TextField(_("comment"), blank=True, max_length=4000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AboutThingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text or str(self.get_step_display())


class SetAside(AboutThing):
    """What somebody saved while another had saved the same thing: kept until he has chosen.

    `revision` is his version, `base` the one that he had opened; both are whole.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    base = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    objects = AboutThingQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.title


class Presence(AboutThing):
    """That somebody had the editing screen of a thing open at `seen_at`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    objects = AboutThingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "user"], name="publishing_presence_once")
        ]

    def __str__(self):
        return f"{self.user} {self.seen_at:%H:%M:%S}"

"""Numbers that stand in texts of the site, and what numbers of the directory were before."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.draft import AboutThing, AboutThingQuerySet

from .contact import ContactNumber


class NumberMention(AboutThing):
    """A number as it stands in one field of a thing, or of one of its parts, as these are stored.

    `row_model` ("news.article") and `row_id` name the row that holds the field; `words` are the number as it is
    written, `nth` counts from 0 those that are written alike in the field. `in_link` is what a link dials.
    `value` is that of ContactNumber.value. `number` is whose it is; where its value is another one by now, the
    text is about to follow. Numbers in drafts beside live things have no rows.
    """

    class State(models.TextChoices):
        MATCHED = "matched", _("Of the directory")
        UNDECIDED = "undecided", _("Several contacts share it")
        UNKNOWN = "unknown", _("The directory does not know it")
        GENERAL = "general", _("Known without a contact of its own")

    class Decision(models.TextChoices):
        CHOSEN = "chosen", _("Chosen by an editor")
        LEFT = "left", _("Left as it is")

    row_model = models.CharField(max_length=100)
    row_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=60)
    in_link = models.BooleanField(_("dialled by a link"), default=False)
    words = models.CharField(_("as it is written"), max_length=120)
    nth = models.PositiveIntegerField(default=0)
    value = models.CharField(_("number"), max_length=60, db_index=True)
    around = models.CharField(_("words around it"), max_length=300)
    state = models.CharField(_("state"), max_length=12, choices=State, db_index=True)
    number = models.ForeignKey(
        ContactNumber,
        verbose_name=_("whose it is"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="mentions",
    )
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    noted_at = models.DateTimeField(_("first seen"), default=timezone.now)

    objects = AboutThingQuerySet.as_manager()

    class Meta:
        ordering = ["value", "pk"]
        default_permissions = ["view", "change"]
        verbose_name = _("number in a text")
        verbose_name_plural = _("numbers in texts")
        constraints = [
            models.UniqueConstraint(
                fields=["row_model", "row_id", "field", "in_link", "words", "nth"],
                name="directory_numbermention_once",
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="directory_mention_of_thing")]

    def __str__(self):
        return self.words

    @property
    def identity(self):
        """Return what tells it from every other mention, wherever it stands."""
        return self.row_model, self.row_id, self.field, self.in_link, self.words, self.nth

    @property
    def is_open(self):
        """Return whether somebody has to decide about it."""
        return not self.decision and self.state in OPEN_STATES


OPEN_STATES = (NumberMention.State.UNDECIDED, NumberMention.State.UNKNOWN)


class FormerNumber(models.Model):
    """That `number` was `value` (as ContactNumber.value gives it) on the public site until the instant `until`."""

    number = models.ForeignKey(ContactNumber, on_delete=models.CASCADE, related_name="former_numbers")
    value = models.CharField(max_length=60, db_index=True)
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-until", "-pk"]
        default_permissions = []

    def __str__(self):
        return self.value


class FollowedText(AboutThing):
    """What became of one text when `number` changed to `became`. `problem`: why it did not follow, "" where it did."""

    number = models.ForeignKey(ContactNumber, on_delete=models.CASCADE, related_name="followed_texts")
    became = models.CharField(max_length=60)
    problem = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = AboutThingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["number", "became", "content_type", "object_id"], name="directory_followedtext_once"
            ),
        ]

    def __str__(self):
        return self.problem or self.became

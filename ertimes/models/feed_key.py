"""Who may send waits: the keys of the feeds, and what they have sent already."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_KEYS = 2  # live at once for one department: the old and the new one while they are changed


class FeedKey(models.Model):
    """A key that a hospital's system signs its messages with.

    The secret itself is not stored: it is derived from `key_id` and the site's SECRET_KEY, so a copy of
    the database gives no key away. `revoked_at` None means that the key is live.
    """

    department = models.ForeignKey(
        "ertimes.EmergencyDepartment",
        verbose_name=_("emergency department"),
        on_delete=models.CASCADE,
        related_name="feed_keys",
    )
    key_id = models.CharField(_("key"), max_length=40, unique=True, editable=False)
    label = models.CharField(_("for whom"), max_length=120, help_text=_("The system that sends: “Epic interface”."))
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, editable=False, on_delete=models.SET_NULL
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    last_used_at = models.DateTimeField(_("last used at"), null=True, editable=False)
    demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("feed key")
        verbose_name_plural = _("feed keys")

    def __str__(self):
        return f"{self.label} ({self.key_id})"


class TakenEvent(models.Model):
    """The id of a message that was taken, so that it is taken once. Forgotten when no replay is possible any more."""

    department = models.ForeignKey("ertimes.EmergencyDepartment", on_delete=models.CASCADE, related_name="+")
    event_id = models.CharField(max_length=64)
    taken_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "event_id"], name="ertimes_event_once"),
        ]

    def __str__(self):
        return self.event_id

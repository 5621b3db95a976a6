"""The log of acts: who did what to which thing, and when. It can be read and added to, nothing else."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete an entry of the audit log."""

    def __init__(self):
        super().__init__("The audit log is only added to: its entries are never changed or deleted.")


class AuditEntryQuerySet(models.QuerySet):
    """Reads and adds; raises AppendOnlyError for all that would change or delete."""

    def update(self, **kwargs):
        raise AppendOnlyError

    def delete(self):
        raise AppendOnlyError

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError

    def bulk_create(self, objs, batch_size=None, ignore_conflicts=False, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise AppendOnlyError
        return super().bulk_create(objs, batch_size, ignore_conflicts, **kwargs)

    update.alters_data = delete.alters_data = True


class AuditEntry(models.Model):
    """One act. It names people and things by value, so that it stays true after they are gone.

    `user_pk` None is an act of nobody who is signed in: a command, a task, a failed login. The rule that
    nothing changes an entry also stands in the database, as triggers (see the migration): on PostgreSQL
    against UPDATE and DELETE; on SQLite against UPDATE alone, since there emptying a table between two
    tests is a DELETE as well.
    """

    class Action(models.TextChoices):
        PUBLISHED = "published", _("Published")
        SCHEDULED = "scheduled", _("Scheduled")
        CALLED_OFF = "called off", _("Date called off")
        UNPUBLISHED = "unpublished", _("Unpublished")
        ARCHIVED = "archived", _("Archived")
        DELETED = "deleted", _("Deleted")
        RESTORED = "restored", _("Restored")
        RECOVERED = "recovered", _("Recovered")
        MERGED = "merged", _("Merged")
        DISCARDED = "discarded", _("Draft thrown away")
        SUBMITTED = "submitted", _("Submitted for review")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent back", _("Sent back")
        REPLACED = "replaced", _("File replaced")
        PERMISSION_CHANGED = "permission changed", _("Permission changed")
        PASSWORD_CHANGED = "password changed", _("Password changed")
        LOGIN = "login", _("Logged in")
        LOGIN_FAILED = "login failed", _("Login failed")
        LOGOUT = "logout", _("Logged out")
        EXPORTED = "exported", _("Exported")
        IMPORTED = "imported", _("Imported")
        PREVIEW_SHARED = "preview shared", _("Preview shared")
        PREVIEW_REVOKED = "preview revoked", _("Preview revoked")
        REDIRECT_MADE = "redirect made", _("Redirect made")
        REDIRECT_REMOVED = "redirect removed", _("Redirect removed")
        WAIT_SET = "wait set", _("Wait set")
        STATUS_SET = "status set", _("Status set")
        DATE_CHANGED = "date changed", _("Date changed")
        SERIES_CHANGED = "series changed", _("Series changed")
        PEOPLE_MOVED = "people moved", _("People moved to another date")
        DECIDED = "decided", _("Conflict decided")
        REOPENED = "reopened", _("Decision taken back")
        MAILING_PAUSED = "mailing paused", _("Mailing paused")
        MAILING_RESUMED = "mailing resumed", _("Went on with the mailing")
        MAILING_STOPPED = "mailing stopped", _("Mailing stopped")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    action = models.CharField(_("what"), max_length=30, choices=Action)
    user_pk = models.BigIntegerField(_("user number"), null=True, blank=True)
    user_name = models.CharField(_("who"), max_length=150, blank=True)
    thing_model = models.CharField(_("kind of thing"), max_length=100, blank=True)  # "news.article"
    thing_pk = models.CharField(_("number of the thing"), max_length=64, blank=True)
    thing_title = models.CharField(_("thing"), max_length=250, blank=True)
    details = models.TextField(_("details"), blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["thing_model", "thing_pk"], name="publishing_audit_thing")]

    def __str__(self):
        return f"{self.get_action_display()}: {self.thing_title or self.user_name}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError

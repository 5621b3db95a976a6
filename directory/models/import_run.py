"""One import of a file of contacts: from the file that was read to what became of each of its lines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One file on its way into the directory. `work_done` of `work_total` lines or contacts say how far it is.

    `columns` are our names for the cells of its lines, "" for a column that is not used. `told` are sentences on how
    the file was read. `digest` is of what was shown before somebody confirmed it; nothing else is ever stored.
    """

    class State(models.TextChoices):
        READ = "read", _("Being checked")
        CHECKED = "checked", _("Waits for confirmation")
        CONFIRMED = "confirmed", _("Being imported")
        STORED = "stored", _("Imported, being written into the search")
        DONE = "done", _("Imported")

    created_at = models.DateTimeField(_("read at"), auto_now_add=True, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("read by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=200)
    columns = models.JSONField(default=list)
    other_columns = models.JSONField(default=list)
    told = models.JSONField(default=list)
    adds_sections = models.BooleanField(_("adds sections that are missing"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.READ)
    digest = models.CharField(max_length=64, blank=True)
    publishes = models.BooleanField(_("visitors see it at once"), default=False)
    leaves_out_refused = models.BooleanField(_("refused lines are left out"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("confirmed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_meanwhile = models.BooleanField(default=False)
    work_done = models.PositiveIntegerField(default=0)
    work_total = models.PositiveIntegerField(default=0)
    worked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("imported at"), null=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name = _("import of contacts")
        verbose_name_plural = _("imports of contacts")

    def __str__(self):
        return self.file_name

    @property
    def works(self):
        """Return whether something is still being done that nobody has to do anything for."""
        return self.state in (self.State.READ, self.State.CONFIRMED, self.State.STORED)

    @property
    def is_imported(self):
        return self.state in (self.State.STORED, self.State.DONE)


class ImportLine(models.Model):
    """One line of the file, and what becomes of it: exactly one of Outcome, once the run is checked.

    `reasons` and `changes` are lists of [label of the field, text] and [label, old, new]; `remarks` are sentences.
    `head` is the number of the line with which it was merged, by the rule that `rule` names.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        UNCHANGED = "unchanged", _("Unchanged")
        MERGED = "merged", _("Merged")
        BLANK = "blank", _("Blank")
        REFUSED = "refused", _("Refused")

    class Rule(models.TextChoices):
        SAME = "same", _("Says the same as line %(head)s: section, name and number are equal")
        FURTHER = "further", _("A further number of the contact of line %(head)s, told apart by its kind or label")
        NO_NUMBER = "no number", _("The contact of line %(head)s once more, without a number")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    cells = models.JSONField()
    raw = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    rule = models.CharField(max_length=12, choices=Rule, blank=True)
    head = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    contact_key = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="directory_import_line_once")]

    def __str__(self):
        return f"{self.number}: {self.raw[:60]}"

    @property
    def rule_told(self):
        """Return the named rule by which it was merged, "" for none."""
        return self.get_rule_display() % {"head": self.head} if self.rule else ""

"""The index: one row for each public thing and language."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.instant import now


class EntryQuerySet(models.QuerySet):
    def shown(self, at=None):
        """Return what the public may see at `at`, an aware datetime (default: now)."""
        at = at or now()
        shown = self.filter(Q(shown_from=None) | Q(shown_from__lte=at)).exclude(shown_until__lte=at)
        return shown if settings.DEMONSTRATION else shown.filter(demonstration=False)


class Entry(models.Model):
    """A Document of a feature in the index, with the words by which it is found.

    `kind` and `object_id` say whose it is; a fixed page has its place in the source's list, made negative.
    The stems are separated by blanks. What the database itself searches (a tsvector column on PostgreSQL,
    a table of FTS5 on SQLite) is kept by search.stores and is not known to Django.
    """

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField()
    language = models.CharField(_("language"), max_length=8)
    shown_from = models.DateTimeField(_("shown from"), null=True)
    shown_until = models.DateTimeField(_("shown until"), null=True)
    demonstration = models.BooleanField(default=False)
    dated = models.DateTimeField(_("date"), null=True)
    ends_at = models.DateTimeField(_("ends"), null=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    boost = models.SmallIntegerField(_("boost"), default=0)
    localized = models.BooleanField(default=True)
    serves = models.JSONField(default=list)
    path = models.CharField(_("address"), max_length=300, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    title_stems = models.TextField(blank=True)
    names = models.JSONField(_("also known as"), default=list)
    names_stems = models.TextField(blank=True)
    phone = models.JSONField(null=True)
    topics = models.JSONField(_("topics"), default=list)
    digest = models.CharField(max_length=32)
    written_at = models.DateTimeField(db_index=True)
    summary = models.TextField(_("summary"), blank=True)
    summary_stems = models.TextField(blank=True)
    text = models.TextField(blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("entry of the index")
        verbose_name_plural = _("entries of the index")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "language"], name="search_entry_once"),
        ]

    def __str__(self):
        return self.title

    def path_for(self, language):
        """Return its address for a visitor in `language`: under /es/ where the page stands there too."""
        return f"/{language}{self.path}" if self.localized and language != settings.LANGUAGE_CODE else self.path


class Name(models.Model):
    """What an entry is exactly called, as a key (words.key_of), or its telephone number (numbers.Number.keys)."""

    class Kind(models.TextChoices):
        TITLE = "title", _("title")
        ALSO = "also", _("also known as")
        NUMBER = "number", _("telephone number")
        SWITCHBOARD = "board", _("number of the switchboard that has its extension")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=6, choices=Kind)
    key = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["key"], name="search_name_key")]

    def __str__(self):
        return self.key

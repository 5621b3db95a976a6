"""Addresses that moved, and addresses that were asked for and are not there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Redirect(models.Model):
    """A page that was at `old_path` is now at `new_path`.

    Both are in the normal form of publishing.site_paths. Made by `publishing.redirects.leave_redirect`
    alone, which keeps the table free of loops and of redirects to redirects.
    """

    old_path = models.CharField(
        _("old address"),
        max_length=300,
        unique=True,
        help_text=_("As it stood after the site's name: /news/old-clinic/. Followed only where there is no page."),
    )
    new_path = models.CharField(
        _("new address"),
        max_length=500,
        help_text=_("A page of this site as /news/new-clinic/, or an address that begins with https://."),
    )
    made_by_hand = models.BooleanField(_("made by hand"), default=False, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["new_path"], name="publishing_redirect_new_path")]
        constraints = [
            models.CheckConstraint(condition=~Q(old_path=F("new_path")), name="publishing_redirect_leads_elsewhere"),
            models.CheckConstraint(condition=Q(old_path__startswith="/"), name="publishing_redirect_of_this_site"),
        ]

    def __str__(self):
        return f"{self.old_path} → {self.new_path}"


class MissingAddress(models.Model):
    """How often a path was asked for that no page answers. Nothing is kept of who asked, and no hour."""

    path = models.CharField(_("address"), max_length=200, unique=True, editable=False)
    count = models.PositiveIntegerField(_("asked for"), default=0, editable=False)
    first_seen_on = models.DateField(_("first"), editable=False)
    last_seen_on = models.DateField(_("last"), editable=False)
    ignored = models.BooleanField(_("ignored"), default=False)

    class Meta:
        verbose_name = _("missing address")
        verbose_name_plural = _("missing addresses")
        ordering = ["-count", "-last_seen_on", "pk"]
        default_permissions = ["view", "change", "delete"]
        indexes = [models.Index(fields=["ignored", "-count"], name="publishing_most_missed")]

    def __str__(self):
        return self.path

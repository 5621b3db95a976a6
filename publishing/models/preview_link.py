"""Links by which somebody without an account sees what is not published yet."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .draft import AboutThing, AboutThingQuerySet


class PreviewLinkQuerySet(AboutThingQuerySet):
    def valid(self):
        """Return the links that still open something."""
        return self.filter(Q(revoked_at__isnull=True) & Q(expires_at__gt=timezone.now()))


class PreviewLink(AboutThing):
    """Shows one thing as it is drafted to whoever has the link, until it ends or is revoked.

    The key is 122 random bits, so the link cannot be guessed. `at` is the instant that is shown;
    None: the one at which it is looked at.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("ends at"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return str(self.key)

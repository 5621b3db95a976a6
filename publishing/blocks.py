"""The blocks of which pages, posts and newsletters are made.

All kinds of block of one thing share one table, so that it is read with all its blocks in one query, however many
kinds it has; each kind is a proxy with its own fields on the editor's screen and its own rule of what it needs.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class KindManager(models.Manager):
    """Finds the blocks of the proxy's kind only."""

    def get_queryset(self):
        return super().get_queryset().filter(kind=self.model.KIND)


class BlockOfKind:
    """What the proxies share: they find and store only their own kind, and ask for the fields it needs.

    `FIELDS` are those on the editor's screen, `REQUIRED` those that must be filled.
    """

    KIND = None
    FIELDS = ()
    REQUIRED = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.kind:
            self.kind = self.KIND

    def clean(self):
        super().clean()
        missing = {name: _("This block needs it.") for name in self.REQUIRED if not getattr(self, name)}
        if missing:
            raise ValidationError(missing)

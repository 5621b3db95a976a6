"""Addresses that an editor types: of this site, of another one, of a phone or a mailbox."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_PATH = re.compile(r"/(?!/)[^\s\\]*|#[\w-]+")
_SCHEMES = {"http", "https", "mailto", "tel", "sms"}


def validate_address(value):
    """Raise ValidationError unless `value` is a path of this site or an http, mailto, tel or sms address."""
    if _PATH.fullmatch(value):
        return
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = None
    has_target = (
        parts and parts.scheme in _SCHEMES and (parts.netloc if parts.scheme.startswith("http") else parts.path)
    )
    if not has_target or any(char.isspace() or char == "\\" for char in value):
        raise ValidationError(
            _("Write a page of this site as /contact/, another site with https://, a phone as tel:+18605551234.")
        )


def link_is_complete(name):
    """Return the constraint called `name`: `link_label` and `link_address` are both there, or neither."""
    return models.CheckConstraint(
        condition=Q(link_label="", link_address="") | (~Q(link_label="") & ~Q(link_address="")),
        name=name,
        violation_error_message=_("A link needs both its text and its address."),
    )

"""Mails that the site writes by itself about what happens: short, in plain words, once for each occasion."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from publishing.one_line import one_line

from .composition import postal_address
from .mailings import address_to
from .marks import LEAVE, PREFERENCES
from .models import Mailing, MailingList


@transaction.atomic
def announce(sends, *, subject, text, address, occasion, at=None):
    """Begin to mail `text` to the lists of the kind `sends`, and return the Mailing.

    `address`, with host, is where more stands. None where that `occasion` was mailed before, or where there is no
    such list. The mail is plain text: it opens at once on any phone, and there is nothing in it to go wrong.
    """
    lists = list(MailingList.objects.filter(sends=sends))
    if not lists or Mailing.objects.filter(occasion=occasion).exists():
        return None
    with translation.override(settings.LANGUAGE_CODE):
        content = {
            "text": text.strip(),
            "address": address,
            "site_name": settings.SITE_NAME,
            "preferences": PREFERENCES,
            "leave": LEAVE,
            "postal_address": postal_address(),
        }
        body = render_to_string("newsletter/mail/alert.txt", content)
    mailing, is_new = Mailing.objects.get_or_create(
        occasion=occasion, defaults={"subject": one_line(subject)[:200], "text": body, "made_at": at or timezone.now()}
    )
    if not is_new:  # by another worker, just now
        return None
    address_to(mailing, lists)
    return mailing

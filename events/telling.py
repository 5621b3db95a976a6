"""Telling people who are registered what has become of their date, by mail."""

from django.db.models import Exists, OuterRef

from .models import Registration, RegistrationMail
from .outbox import send_soon

TOLD = (Registration.State.CONFIRMED, Registration.State.OFFERED, Registration.State.WAITING)
PARTS = 500


def tell_registered(dates, kind, *, message="", occasion, only=None):
    """Promise a mail of `kind` to everybody confirmed, offered or waiting of `dates`; return how many mails.

    `dates` are EventDates or their keys, `kind` RegistrationMail.Kind.DATE_CHANGED or DATE_CANCELLED, `message`
    what the coordinator adds as plain text. `occasion` tells this change from the next one: whoever was told of
    it already is not told again. `only` are the keys of the registrations that are told, None for all of them.
    The mails are stored in the caller's transaction and sent once it is committed.
    """
    told = Registration.objects.filter(date__in=list(dates), state__in=TOLD)
    if only is not None:
        told = told.filter(pk__in=only)
    already = RegistrationMail.objects.filter(registration=OuterRef("pk"), kind=kind, occasion=occasion)
    told = told.exclude(email="").exclude(Exists(already)).values_list("pk", flat=True)
    mails = [RegistrationMail(registration_id=pk, kind=kind, occasion=occasion, message=message) for pk in told]
    RegistrationMail.objects.bulk_create(mails, batch_size=PARTS, ignore_conflicts=True)
    if mails:
        send_soon()
    return len(mails)

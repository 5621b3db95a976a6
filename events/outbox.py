"""Mails are promised in the transaction of what they tell of, and sent by the worker once that is committed."""

from django.db import transaction

from .models import RegistrationMail


def promise(registration, kind, *, occasion="", message=""):
    """Store that `registration` is to get a mail of `kind`; nothing where it has no address or was promised already.

    One mail is promised for each `occasion`.
    """
    if not registration.email:
        return
    RegistrationMail.objects.bulk_create(
        [RegistrationMail(registration=registration, kind=kind, occasion=occasion, message=message)],
        ignore_conflicts=True,
    )
    send_soon()


def send_soon():
    """Have the worker look into the outbox as soon as this transaction is committed."""
    from .tasks import send_mails  # it sends what is promised here, so it knows this module

    transaction.on_commit(send_mails.enqueue)

"""Mails that the server will never take: whether it is for the address, or for a server that takes none of ours.

A server that is set up wrongly refuses one address like the other, and a whole list must not be blocked for that. So
a refusal is unproven until the server has taken another mail of the same mailing.
"""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from .came_back import came_back
from .models import Delivery, Mailing
from .reports import kind_of

MOST_UNPROVEN = 20
_STATUS = re.compile(r"\b([45])\.([0-9]{1,3})\.([0-9]{1,3})\b")  # RFC 3463
# Without such a status: the answers that say there is no mailbox of that name, and that it is full (RFC 5321, 4.2.3).
_GONE, _FULL = re.compile("55[013] "), re.compile("552 ")

State = Delivery.State


def has_unproven(mailing):
    """Return whether `mailing` has refusals that may be the server's own fault."""
    return _unproven(mailing.pk).exists()


def prove(mailing_id):
    """Hold the refusals against their addresses: another mail was taken, so it was for them."""
    for delivery in _unproven(mailing_id).select_related("subscriber"):
        with transaction.atomic():
            # Another worker may be at the same ones.
            is_ours = Delivery.objects.filter(pk=delivery.pk, unproven=True).update(unproven=False) == 1
            if is_ours and delivery.subscriber is not None:
                came_back(delivery.subscriber, _kind(delivery.problem), delivery.problem)


@transaction.atomic
def pause_after_many(mailing_id, at):
    """Pause the mailing where the server has refused MOST_UNPROVEN in a row; return whether it was so.

    They wait again, and go with the others when somebody has looked into it.
    """
    mailing = Mailing.objects.select_for_update().get(pk=mailing_id)
    refused = _unproven(mailing_id)
    if refused.count() < MOST_UNPROVEN:
        return False
    _pause(mailing, refused, _("The mail server refused %(number)d mails in a row: %(words)s"), at)
    return True


@transaction.atomic
def pause_where_nobody_got_it(mailing_id, at):
    """Pause the mailing where the server has refused mails and taken none; return whether it was so. They wait again.

    For a mailing that is over: it has too few readers for MOST_UNPROVEN, and would count as sent.
    """
    mailing = Mailing.objects.select_for_update().get(pk=mailing_id)
    refused = _unproven(mailing_id)
    sent = Delivery.objects.filter(mailing=mailing_id, state=State.SENT)
    if mailing.state != Mailing.State.SENDING or sent.exists() or not refused.exists():
        return False
    _pause(mailing, refused, _("Nobody has got it, since the mail server refused every mail: %(words)s"), at)
    return True


def _pause(mailing, refused, told, at):
    words = refused.order_by("-pk").values_list("problem", flat=True)[0]
    refused.update(state=State.WAITING, unproven=False, due_at=at)
    if mailing.state == Mailing.State.SENDING:
        mailing.state = Mailing.State.PAUSED
        mailing.problem = (told % {"number": MOST_UNPROVEN, "words": words})[:300]
        mailing.save(update_fields=["state", "problem"])


def _kind(answer):
    """Return what `answer` says of the address, as came_back takes it; "ours" where it says nothing of it."""
    if status := _STATUS.search(answer):
        return kind_of(*status.groups())
    if _GONE.match(answer):
        return "gone"
    return "for now" if _FULL.match(answer) else "ours"


def _unproven(mailing_id):
    return Delivery.objects.filter(mailing=mailing_id, state=State.REFUSED, unproven=True)

"""What is to be looked at again, and the mail that reminds its owners every Monday."""

import logging
import smtplib
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, TextField
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .admin_addresses import address_in_admin
from .jobs import Weekly
from .kinds import publishable_models
from .models import Reminder

logger = logging.getLogger(__name__)

AHEAD = timedelta(days=30)
EVERY_MONDAY = Weekly(weekday=0, at=time(7))
MOST_IN_A_PART = 50  # of a mail; the lists of the desk show the rest
MOST_TRIES = 60  # one a minute
KEPT_FOR = timedelta(days=60)


class RemindersRefusedError(Exception):
    """Some reminders did not go out; they are tried again."""


@dataclass(frozen=True)
class Due:
    """One thing that is to be reviewed on `on`, a date; `owner_id` None: nobody's. `address` is below /admin/."""

    on: date
    title: str
    kind: str
    owner_id: int | None
    address: str


def due(by=None, user=None):
    """Return what is to be reviewed until `by`, a date (default: in 30 days), as Dues, the soonest first.

    With `user` only what he owns. Drafts and what is archived need no review. One query for each kind of thing.
    """
    by = by or timezone.localdate() + AHEAD
    found = []
    for model in publishable_models():
        things = model._base_manager.filter(
            review_on__lte=by, published_at__isnull=False, archived_at__isnull=True
        ).defer(*[field.name for field in model._meta.concrete_fields if isinstance(field, TextField)])
        if user is not None:
            things = things.filter(owner=user)
        found += [_due(thing) for thing in things]
    return sorted(found, key=lambda each: (each.on, each.title, each.address))


def _due(thing):
    return Due(
        on=thing.review_on,
        title=" ".join(str(thing).split()),
        kind=str(thing._meta.verbose_name),
        owner_id=thing.owner_id,
        address=address_in_admin(thing),
    )


def send_reminders(now=None):
    """Send every owner one mail about what is due; what nobody can be asked about goes to the administrators.

    Raises RemindersRefusedError where some were refused and are to be tried again, and OSError where there
    is no mail server. Whoever has this week's mail gets no second one.
    """
    now = now or timezone.now()
    today = timezone.localdate(now, timezone.get_default_timezone())
    week = timezone.localdate(EVERY_MONDAY.latest(now), timezone.get_default_timezone())
    Reminder.objects.filter(week__lt=week - KEPT_FOR).delete()
    with translation.override(settings.LANGUAGE_CODE):
        letters = _letters(due(by=today + AHEAD), today)
    waiting = [letter for letter in letters if not _has_got_it(letter.user, week)]
    if not waiting:
        return
    refused = 0
    with get_connection() as connection:
        for letter in waiting:
            refused += not _send_once(letter, week, connection)
    if refused:
        raise RemindersRefusedError(f"Refused: {refused} of {len(waiting)}")


@dataclass(frozen=True)
class Letter:
    """One mail: to whom, about which of his own things, and about which that nobody answers for."""

    user: object
    own: list
    unowned: list
    today: date

    @property
    def parts(self):
        """Return the parts of the mail that are not empty: (heading, Dues that are named, how many more)."""
        nobody = _("WITHOUT AN OWNER WHO COULD BE ASKED")
        parts = [
            (_("OVERDUE"), self._overdue(self.own)),
            (_("IN THE NEXT 30 DAYS"), self._soon(self.own)),
            (f"{nobody}, {_('OVERDUE')}", self._overdue(self.unowned)),
            (f"{nobody}, {_('IN THE NEXT 30 DAYS')}", self._soon(self.unowned)),
        ]
        return [(heading, dues[:MOST_IN_A_PART], len(dues[MOST_IN_A_PART:])) for heading, dues in parts if dues]

    def _overdue(self, dues):
        return [each for each in dues if each.on < self.today]

    def _soon(self, dues):
        return [each for each in dues if each.on >= self.today]

    def message(self, connection):
        """Return the EmailMessage."""
        with translation.override(settings.LANGUAGE_CODE):
            both = [*self.own, *self.unowned]
            subject = _("%(site)s website, reviews: %(overdue)d overdue, %(soon)d due soon") % {
                "site": settings.SITE_NAME,
                "overdue": len(self._overdue(both)),
                "soon": len(self._soon(both)),
            }
            context = {"parts": self.parts, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
            text = render_to_string("publishing/reviews_due.txt", context)
        return EmailMessage(subject, text, to=[self.user.email], connection=connection)


def _letters(dues, today):
    """Return the Letters, in the order of the users' keys."""
    owners = get_user_model().objects.filter(pk__in={each.owner_id for each in dues}, is_active=True)
    reached = {user.pk: user for user in owners if user.email}
    own = {pk: [each for each in dues if each.owner_id == pk] for pk in reached}
    unowned = [each for each in dues if each.owner_id not in reached]
    administrators = {user.pk: user for user in _administrators()} if unowned else {}
    if unowned and not administrators:
        logger.error("Reviews are due (%d), and nobody has an e-mail address to be told of them", len(unowned))
    return [
        Letter(user, own.get(pk, []), unowned if pk in administrators else [], today)
        for pk, user in sorted({**reached, **administrators}.items())
    ]


def _administrators():
    """Return who answers for what has no owner: the group that the settings name, else the superusers."""
    users = get_user_model().objects.filter(is_active=True).exclude(email="")
    return list(users.filter(groups__name=settings.ADMINISTRATORS_GROUP)) or list(users.filter(is_superuser=True))


def _has_got_it(user, week):
    """Return whether `user` was sent the mail of `week`, or it was refused too often."""
    reminder, _made = Reminder.objects.get_or_create(user=user, week=week)
    return reminder.sent_at is not None or reminder.tries >= MOST_TRIES


def _send_once(letter, week, connection):
    """Send the letter unless another worker does; return whether there is nothing left to do."""
    claim = Reminder.objects.filter(user=letter.user, week=week, sent_at__isnull=True)
    if not claim.update(sent_at=timezone.now(), tries=F("tries") + 1):
        return True
    sent = Reminder.objects.filter(user=letter.user, week=week)
    try:
        letter.message(connection).send()
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        sent.update(sent_at=None)
        raise
    except (smtplib.SMTPException, ValueError) as error:  # ValueError: an address with a line break in it
        sent.update(sent_at=None)
        # By number: an address is no business of the log.
        logger.warning("The reminder for user %s was refused: %s", letter.user.pk, type(error).__name__)
        return False
    except OSError:
        sent.update(sent_at=None)
        raise
    return True

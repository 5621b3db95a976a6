"""What the mails to people registered say: in their language, as plain text, without what they typed into the form.

No name and no answer stands in a mail: somebody else may read it, and nobody can have the hospital mail words of
their own to a stranger.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from directory.models import Contact
from directory.phones import displayed_value
from publishing.head import absolute
from publishing.local_time import day_and_time
from publishing.one_line import one_line

from .calendar_files import calendar_of_dates
from .models import Registration, RegistrationMail
from .registration_links import registration_link
from .when_words import when_of, where_of

Kind, State = RegistrationMail.Kind, Registration.State

SUBJECTS = {
    Kind.CONFIRMED: _("You are registered: %(title)s"),
    Kind.WAITING: _("You are on the waiting list: %(title)s"),
    Kind.OFFERED: _("A seat is free. Please answer: %(title)s"),
    Kind.OFFER_OVER: _("The seat is not held any more: %(title)s"),
    Kind.CHANGED: _("Your registration has changed: %(title)s"),
    Kind.CANCELLED: _("Your registration is cancelled: %(title)s"),
    Kind.DATE_CHANGED: _("Changed: %(title)s"),
    Kind.DATE_CANCELLED: _("Cancelled: %(title)s"),
    Kind.DAYS_BEFORE: _("In two days: %(title)s"),
    Kind.HOURS_BEFORE: _("In two hours: %(title)s"),
}
WITH_CALENDAR = {Kind.CONFIRMED, Kind.DATE_CHANGED, Kind.DATE_CANCELLED}
REMINDERS = {Kind.DAYS_BEFORE, Kind.HOURS_BEFORE}

_TRUE_FOR = {
    Kind.CONFIRMED: {State.CONFIRMED},
    Kind.WAITING: {State.WAITING},
    Kind.OFFERED: {State.OFFERED},
    Kind.OFFER_OVER: {State.CANCELLED},
    Kind.CHANGED: {State.CONFIRMED, State.WAITING, State.OFFERED},
    Kind.CANCELLED: {State.CANCELLED},
    Kind.DATE_CHANGED: {State.CONFIRMED, State.WAITING, State.OFFERED},
    Kind.DATE_CANCELLED: {State.CONFIRMED, State.WAITING, State.OFFERED},
    Kind.DAYS_BEFORE: {State.CONFIRMED},
    Kind.HOURS_BEFORE: {State.CONFIRMED},
}


def occasion_of(date):
    """Return by which text a reminder of `date` is known: a date that is moved is reminded of at its new time."""
    return date.starts_at.isoformat()


def is_still_true(mail, at):
    """Return whether `mail` may still be sent at `at`: what it tells has not been overtaken by something else."""
    registration, date = mail.registration, mail.registration.date
    if registration.state not in _TRUE_FOR[mail.kind]:
        return False
    if mail.kind in REMINDERS:
        is_held = date.takes_place and date.event.is_published_at(at)
        return is_held and at < date.starts_at and mail.occasion == occasion_of(date)
    if mail.kind == Kind.DATE_CANCELLED:
        return not date.takes_place
    return not (mail.kind == Kind.OFFERED and at >= registration.offered_until)


def message_of(mail):
    """Return `mail`, a RegistrationMail with its registration, date and event, as a message to be sent."""
    registration = mail.registration
    date = registration.date
    with translation.override(registration.language):
        return _message(mail, registration, date)


def _message(mail, registration, date):
    event = date.event
    title = one_line(event.title)
    may_know_link = registration.state == State.CONFIRMED or event.online_url_for == event.LinkFor.EVERYBODY
    text = render_to_string(
        "events/mails/mail.txt",
        {
            "kind": mail.kind,
            "message": mail.message.strip(),
            "title": title,
            "date": date,
            "when": when_of(date),
            "where": one_line(where_of(date)),
            "online_url": event.online_url if date.online and may_know_link and date.takes_place else "",
            "party": registration.party,
            "state": registration.state,
            "held_until": day_and_time(registration.offered_until) if registration.offered_until else "",
            "link": absolute(registration_link(registration)),
            "event_link": absolute(event.get_absolute_url()),
            "site_name": settings.SITE_NAME,
            "phones": _phones(event),
            "keep_days": event.keep_days,
        },
    )
    message = EmailMessage(
        one_line(str(SUBJECTS[mail.kind] % {"title": title})),
        text,
        to=[registration.email],
        headers={
            # The same one however often it is tried, so that whoever gets it twice sees it once.
            "Message-ID": f"<registration-mail-{mail.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.kind in WITH_CALENDAR:
        message.attach("event.ics", calendar_of_dates([date], name=event.title).decode(), "text/calendar")
    return message


def _phones(event):
    """Return whom to call about `event`, each as a text; the hospital's main number where nobody is named."""
    contact = Contact.objects.published().with_numbers().filter(pk=event.contact_id).first()
    numbers = [f"{number.displayed}" for number in contact.numbers.all() if number.number] if contact else []
    return numbers or [displayed_value(settings.MAIN_PHONE)]

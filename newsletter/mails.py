"""The mails about a subscription itself: plain text, in the reader's language, about nothing but what was asked for.

None holds what somebody typed: nobody can have the hospital mail words of their own to a stranger.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from publishing.one_line import one_line

from .links import CONFIRM_MAX_AGE, change_link, confirm_link, leave_link, preferences_link
from .return_paths import HEADER, token_of


def confirm_message(subscriber, lists):
    """Return the mail that asks to confirm `lists`, MailingLists."""
    with translation.override(subscriber.language):
        return _message(
            subscriber,
            _("Please confirm: mail from %(hospital)s"),
            "newsletter/mails/confirm.txt",
            lists=[one_line(each.name) for each in lists],
            confirm_link=confirm_link(subscriber),
            leave_link=leave_link(subscriber),
            days=CONFIRM_MAX_AGE.days,
        )


def already_message(subscriber):
    """Return the mail that says that all that was asked for comes already."""
    with translation.override(subscriber.language):
        return _message(
            subscriber,
            _("You get this already: mail from %(hospital)s"),
            "newsletter/mails/already.txt",
            preferences_link=preferences_link(subscriber),
            leave_link=leave_link(subscriber),
        )


def change_message(change):
    """Return the mail to the new address of `change`, an AddressChange, that asks to confirm it."""
    with translation.override(change.subscriber.language):
        return _message(
            change.subscriber,
            _("Please confirm your new address: mail from %(hospital)s"),
            "newsletter/mails/change.txt",
            to=change.email,
            change_link=change_link(change),
            days=CONFIRM_MAX_AGE.days,
        )


def _message(subscriber, subject, template_name, *, to=None, **context):
    text = render_to_string(template_name, {"site_name": settings.SITE_NAME, **context})
    headers = {"Auto-Submitted": "auto-generated"}
    if to is None:  # what comes back from a new address says nothing about the one that is known
        headers[HEADER] = token_of(subscriber)
    return EmailMessage(
        one_line(subject % {"hospital": settings.SITE_NAME}), text, to=[to or subscriber.email], headers=headers
    )

"""The screens of mailing lists, of who gets them, and of text alerts."""

from .mailing_lists import MailingListAdmin
from .mailings import MailingAdmin
from .subscribers import SubscriberAdmin
from .suppressions import SuppressionAdmin
from .text_alerts import TextAlertAdmin
from .unread_messages import UnreadMessageAdmin

__all__ = [
    "MailingAdmin",
    "MailingListAdmin",
    "SubscriberAdmin",
    "SuppressionAdmin",
    "TextAlertAdmin",
    "UnreadMessageAdmin",
]

"""The screens of newsletters, of mailing lists, of who gets them, and of text alerts."""

from .digests import DigestAdmin
from .issues import IssueAdmin
from .mailing_lists import MailingListAdmin
from .mailings import MailingAdmin
from .subscribers import SubscriberAdmin
from .suppressions import SuppressionAdmin
from .text_alerts import TextAlertAdmin
from .unread_messages import UnreadMessageAdmin

__all__ = [
    "DigestAdmin",
    "IssueAdmin",
    "MailingAdmin",
    "MailingListAdmin",
    "SubscriberAdmin",
    "SuppressionAdmin",
    "TextAlertAdmin",
    "UnreadMessageAdmin",
]

from .address_change import AddressChange
from .block import (
    BLOCK_TYPES,
    Block,
    EventBlock,
    EventsBlock,
    LinkBlock,
    PictureBlock,
    PostBlock,
    PostsBlock,
    TextBlock,
)
from .digest import Digest, DigestRun
from .issue import Issue
from .mail_server import MailServer
from .mailing import Delivery, Mailing
from .mailing_list import MailingList
from .returned import SoftBounce, UnreadMessage
from .subscriber import Consent, Subscriber, Subscription
from .suppression import Suppression
from .text_alert import TextAlert
from .told_status import ToldStatus
from .trial_mail import TrialMail

__all__ = [
    "BLOCK_TYPES",
    "AddressChange",
    "Block",
    "Consent",
    "Delivery",
    "Digest",
    "DigestRun",
    "EventBlock",
    "EventsBlock",
    "Issue",
    "LinkBlock",
    "MailServer",
    "Mailing",
    "MailingList",
    "PictureBlock",
    "PostBlock",
    "PostsBlock",
    "SoftBounce",
    "Subscriber",
    "Subscription",
    "Suppression",
    "TextAlert",
    "TextBlock",
    "ToldStatus",
    "TrialMail",
    "UnreadMessage",
]

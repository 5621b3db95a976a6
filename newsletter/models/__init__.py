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
from .issue import Issue
from .mailing import Delivery, Mailing
from .mailing_list import MailingList
from .subscriber import Consent, Subscriber, Subscription
from .suppression import Suppression

__all__ = [
    "BLOCK_TYPES",
    "Block",
    "Consent",
    "Delivery",
    "EventBlock",
    "EventsBlock",
    "Issue",
    "LinkBlock",
    "Mailing",
    "MailingList",
    "PictureBlock",
    "PostBlock",
    "PostsBlock",
    "Subscriber",
    "Subscription",
    "Suppression",
    "TextBlock",
]

from .alert import SiteAlert
from .block import (
    BLOCK_TYPES,
    Block,
    CareOptionBlock,
    DocumentBlock,
    EventsBlock,
    FigureBlock,
    NewsBlock,
    PictureBlock,
    PromotionBlock,
    SectionBlock,
    StoryBlock,
    TextBlock,
    VideoBlock,
)
from .menu import MenuItem
from .page import Page
from .promotion import Promotion

__all__ = [
    "BLOCK_TYPES",
    "Block",
    "CareOptionBlock",
    "DocumentBlock",
    "EventsBlock",
    "FigureBlock",
    "MenuItem",
    "NewsBlock",
    "Page",
    "PictureBlock",
    "Promotion",
    "PromotionBlock",
    "SectionBlock",
    "SiteAlert",
    "StoryBlock",
    "TextBlock",
    "VideoBlock",
]

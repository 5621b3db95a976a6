from .article import Article, validate_slug_is_free
from .block import (
    BLOCK_TYPES,
    Block,
    ContactBlock,
    DocumentBlock,
    FactsBlock,
    GalleryBlock,
    PictureBlock,
    QuoteBlock,
    RelatedBlock,
    TextBlock,
    VideoBlock,
)
from .cafe_menu import Allergen, CafeDish, CafeMenu, monday_of
from .listing import LocationListing, TopicListing
from .topic import Topic

__all__ = [
    "BLOCK_TYPES",
    "Allergen",
    "Article",
    "Block",
    "CafeDish",
    "CafeMenu",
    "ContactBlock",
    "DocumentBlock",
    "FactsBlock",
    "GalleryBlock",
    "LocationListing",
    "PictureBlock",
    "QuoteBlock",
    "RelatedBlock",
    "TextBlock",
    "Topic",
    "TopicListing",
    "VideoBlock",
    "monday_of",
    "validate_slug_is_free",
]

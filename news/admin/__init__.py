"""The news editors' screens."""

from .articles import ArticleAdmin
from .cafe_menus import CafeMenuAdmin
from .topics import TopicAdmin

__all__ = ["ArticleAdmin", "CafeMenuAdmin", "TopicAdmin"]

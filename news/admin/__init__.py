"""The news editors' screens."""

from .articles import ArticleAdmin
from .topics import TopicAdmin

__all__ = ["ArticleAdmin", "TopicAdmin"]

from .detail import article_detail
from .lists import article_list, month, topic

__all__ = ["article_detail", "article_list", "month", "topic"]

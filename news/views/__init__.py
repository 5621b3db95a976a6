from .detail import article_detail
from .lists import article_list, location, month, notices, press_releases, topic, year

__all__ = ["article_detail", "article_list", "location", "month", "notices", "press_releases", "topic", "year"]

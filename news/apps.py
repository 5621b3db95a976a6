from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self):
        from .models import Article
        from .search import register_sources

        register_sources()
        track(Article)

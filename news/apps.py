from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self):
        from directory.related import register_related
        from publishing.checks import leave_unchecked, register_check
        from publishing.embargo import register_embargo

        from . import checks
        from .embargo import hide, kept_back
        from .listings import follow_posts
        from .models import Article, CafeDish, CafeMenu
        from .related import posts_about
        from .search import register_sources

        register_sources()
        register_related(posts_about)
        follow_posts()
        track(Article, parts=["news_block_set"], acts=["feed_slug"])
        track(CafeMenu, parts=["dishes"])
        leave_unchecked(CafeDish, "allergens")
        register_check(checks.check_dishes, models=[CafeMenu])
        register_embargo(kept_back, hide)
        for check in checks.OF_POSTS:
            register_check(check, models=[Article])

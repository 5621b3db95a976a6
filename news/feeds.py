from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from .models import Article


class NewsFeed(Feed):
    """The twenty newest posts as Atom."""

    feed_type = Atom1Feed
    link = reverse_lazy("news:article_list")

    def title(self):
        return _("News from %(hospital)s") % {"hospital": settings.SITE_NAME}

    def subtitle(self):
        return _("News from the hospital and its community.")

    def items(self):
        return Article.objects.published().newest_first().prefetch_related("topics")[:20]

    def item_title(self, article):
        return article.headline

    def item_description(self, article):
        return article.opening

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.changed_at

    def item_author_name(self, article):
        return article.byline or settings.SITE_NAME

    def item_categories(self, article):
        return [topic.name for topic in article.topics.all()]

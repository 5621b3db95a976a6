from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from directory.models import Person
from publishing.excerpts import plain_text
from publishing.local_time import day_after, local_midnight
from search.sources import Document, Source, own_path, register

from .models import Article, Block, CafeDish, CafeMenu, Topic


def article_documents(article):
    """Return the Document of a post, with the words of its blocks and of those who wrote it."""
    told = [article.body, *(author.full_name for author in article.authors.all() if author.is_published_at())]
    told += [article.byline, article.byline_title, article.source, article.caption, article.correction]
    for block in article.news_block_set.all():
        told += _words_of(block)
    yield Document(
        language=article.language,
        title=article.headline,
        path=own_path(article),
        summary=article.summary,
        text=plain_text(" ".join(word for word in told if word)),
        topics=tuple((topic.slug, topic.name) for topic in article.topics.all()),
        dated=article.published_at,
        shown_from=article.published_at,
        shown_until=article.expires_at,
        demonstration=article.demonstration,
    )


def _words_of(block):
    """Return the texts that readers see of a Block."""
    words = [block.heading, block.text, block.caption, block.quote, block.said_by, block.said_by_title]
    words += [block.document.title] if block.document else []
    words += [block.contact.name] if block.contact and block.contact.is_published_at() else []
    return words + ([block.video.title, block.video.text] if block.video and block.video.is_published_at() else [])


def _things():
    blocks = Block.objects.select_related("document", "contact", "video").order_by("ordering", "pk")
    return Article.objects.filter(published_at__isnull=False).prefetch_related(
        "topics", "authors", Prefetch("news_block_set", blocks)
    )


def menu_documents(menu):
    """Return the Document of a café menu, until its week is over: nobody looks for what there was to eat."""
    over = local_midnight(day_after(menu.last_day))
    dishes = [f"{dish.name} {dish.description}" for dish in menu.dishes.all()]
    with override(settings.LANGUAGE_CODE):
        title = str(menu)
    yield Document(
        language=settings.LANGUAGE_CODE,
        title=title,
        path=own_path(menu),
        summary=menu.note,
        text=plain_text(" ".join(dishes)),
        shown_from=menu.published_at,
        shown_until=min(over, menu.expires_at) if menu.expires_at else over,
        demonstration=menu.demonstration,
    )


def register_sources():
    register(
        Source(
            "article",
            _("News"),
            Article,
            _things,
            article_documents,
            points=10,
            dated=True,
            parts={
                Topic: lambda topic: topic.articles.values_list("pk", flat=True),
                Block: lambda block: [block.parent_id],
                Person: lambda person: Article.objects.filter(authors=person).values_list("pk", flat=True),
            },
        )
    )
    register(
        Source(
            "cafe_menu",
            _("Café menus"),
            CafeMenu,
            lambda: CafeMenu.objects.filter(published_at__isnull=False).with_dishes(),
            menu_documents,
            points=5,
            parts={CafeDish: lambda dish: [dish.menu_id]},
        )
    )

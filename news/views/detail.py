from django.conf import settings
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_safe

from publishing import instant, json_ld
from publishing.caching import kept_until
from publishing.head import PageHead
from publishing.reader import reader_of

from ..around import around
from ..beside import beside
from ..composition import compose
from ..models import Article
from ..reading_time import minutes_to_read
from .trail import news_trail


@require_safe
def article_detail(request, slug):
    """Show one post: its text, its blocks, and what readers want to know of both."""
    at = instant.now()
    articles = Article.objects.visible_to(reader_of(request), at)
    article = get_object_or_404(articles.select_related("image", "share_image", "media_contact"), slug=slug)
    composition = compose(article, at)
    names = beside(article, at)
    others = around(article, names.topics, at)
    response = TemplateResponse(
        request,
        "news/article_detail.html",
        {
            "head": _head(request, article, names),
            "article": article,
            "topics": names.topics,
            "authors": names.authors,
            "locations": names.locations,
            "groups": composition.groups,
            "press": [composition.press] if composition.press else [],
            "minutes": minutes_to_read(article, composition.blocks),
            "tells_if_open": composition.open_lines,
            "related": others.related,
            "newer": others.newer,
            "older": others.older,
            **_language(article),
        },
    )
    ends = [line.holds_until for line in composition.open_lines]
    return kept_until(ends, response) if ends else response


def _language(article):
    """Return what the template needs where the post is in another language than its page: `written_in` and `lang`.

    `content_language` is told to the page where the post is in the one that its reader chose.
    """
    if article.language == get_language():
        return {} if article.language == settings.LANGUAGE_CODE else {"content_language": article.language}
    if article.language == settings.LANGUAGE_CODE:
        return {}  # the page itself says that it is not translated
    return {"lang": article.language, "written_in": get_language_info(article.language)["name_translated"]}


def _correction(article):
    """Return (text, day) of the correction, or None; also where no day is told of it, as in what was made in bulk."""
    return (article.correction, article.updated_on) if article.correction and article.updated_on else None


def _head(request, article, names):
    image = article.share_image or article.image
    return PageHead(
        title=article.headline,
        description=article.opening,
        path=request.path,
        og_type="article",
        image=image,
        json_ld=[
            news_trail((article.headline, request.path)),
            json_ld.news_article(
                headline=article.headline,
                description=article.opening,
                path=request.path,
                published_at=article.published_at,
                changed_at=article.updated_at,
                byline=article.byline,
                authors=[(author.full_name, author.get_absolute_url()) for author in names.authors],
                image=image,
                language=article.language,
                sections=[topic.name for topic in names.topics],
                correction=_correction(article),
            ),
        ],
    )

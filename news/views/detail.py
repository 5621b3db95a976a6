from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from publishing import json_ld
from publishing.head import PageHead
from publishing.reader import reader_of

from ..models import Article
from .trail import news_trail


@require_safe
def article_detail(request, slug):
    """Show one post."""
    articles = Article.objects.visible_to(reader_of(request)).select_related("image")
    article = get_object_or_404(articles.prefetch_related("topics"), slug=slug)
    related = Article.objects.published().exclude(pk=article.pk).newest_first()
    topics = list(article.topics.all())
    if topics:
        related = related.filter(topics__in=topics).distinct()
    return TemplateResponse(
        request,
        "news/article_detail.html",
        {
            "head": PageHead(
                title=article.headline,
                description=article.opening,
                path=request.path,
                og_type="article",
                image=article.image,
                json_ld=[
                    news_trail((article.headline, request.path)),
                    json_ld.news_article(
                        headline=article.headline,
                        description=article.opening,
                        path=request.path,
                        published_at=article.published_at,
                        changed_at=article.changed_at,
                        byline=article.byline,
                        image=article.image,
                    ),
                ],
            ),
            "article": article,
            "topics": topics,
            "related": related.select_related("image")[:3],
        },
    )

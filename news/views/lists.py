from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.head import PageHead
from publishing.months import month_or_404
from publishing.paging import page_of

from ..models import Article, Topic
from .trail import news_trail

PER_PAGE = 12


@require_safe
def article_list(request):
    """Show all posts, the newest first."""
    head = PageHead(
        title=_("News"),
        description=_("News from the hospital and its community."),
        path=request.path,
        json_ld=[news_trail()],
    )
    return _list_page(request, Article.objects.published(), head, heading=_("News"))


@require_safe
def topic(request, slug):
    """Show the posts of one topic."""
    topic = get_object_or_404(Topic, slug=slug)
    head = PageHead(
        title=_("News: %(topic)s") % {"topic": topic.name},
        description=topic.description,
        path=request.path,
        json_ld=[news_trail((topic.name, request.path))],
    )
    return _list_page(request, Article.objects.published().about(topic), head, heading=topic.name, topic=topic)


@require_safe
def month(request, year, month):
    """Show the posts of one month in the hospital's zone."""
    shown = month_or_404(year, month)
    begin, end = shown.bounds
    name = date_format(shown.first_day, "YEAR_MONTH_FORMAT")
    articles = Article.objects.published().filter(published_at__gte=begin, published_at__lt=end)
    if not articles.exists():
        raise Http404(_("There are no posts of that month."))
    head = PageHead(
        title=_("News of %(month)s") % {"month": name}, path=request.path, json_ld=[news_trail((name, request.path))]
    )
    return _list_page(request, articles, head, heading=name, month=shown)


def _list_page(request, articles, head, *, heading, topic=None, month=None):
    page = page_of(request, articles.newest_first().select_related("image"), PER_PAGE)
    return TemplateResponse(
        request,
        "news/article_list.html",
        {
            "head": head,
            "heading": heading,
            "topic": topic,
            "month": month,
            "page": page,
            "topics": Topic.objects.filter(articles__in=Article.objects.published()).distinct(),
            "months": Article.objects.published().months(),
        },
    )

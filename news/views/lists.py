"""The lists of posts: all, of a topic, of a facility, of a kind, of a year and of a month."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from directory.models import Location
from publishing import instant
from publishing.head import PageHead
from publishing.keyset import KeysetPage
from publishing.local_time import local_midnight
from publishing.months import FIRST_YEAR, LAST_YEAR, Month, month_or_404

from ..archive import archive
from ..filters import ArchiveFilterForm
from ..models import Article, Topic
from ..offered import locations_with_posts, topics_with_posts
from ..shelves import Shelf, featured
from .trail import news_trail

PER_PAGE = 12
FEATURED = 3  # posts that stand first in the news; of more the newest


@require_safe
@vary_on_headers("HX-Request")
def article_list(request):
    """Show all posts, those first that are featured, then the newest.

    A featured post that is older stands once more further back, in its own place.
    """
    at = instant.now()
    posts = featured(FEATURED, at)
    page = Shelf().page(request, PER_PAGE, at)
    head = {"title": _("News"), "description": _("News from the hospital and its community.")}
    # Below the heading of the latest news a post's own heading is one level deeper, in what htmx adds there as well.
    together = bool(posts) and (page.is_first or bool(request.htmx))
    shown = posts if page.is_first else []
    # Nowhere but on the first page: which are featured may change while somebody reads on, who would miss a post.
    page = replace(page, rows=[post for post in page.rows if post not in shown])
    return _list_page(request, at, page, head, featured=shown, level=3 if together else 2, all_posts=True)


@require_safe
@vary_on_headers("HX-Request")
def topic(request, slug):
    """Show the posts of one topic."""
    topic = get_object_or_404(Topic, slug=slug)
    at = instant.now()
    head = {"title": _("News: %(topic)s") % {"topic": topic.name}, "description": topic.description}
    return _list_page(request, at, Shelf(topic=topic).page(request, PER_PAGE, at), head, topic.name, topic=topic)


@require_safe
@vary_on_headers("HX-Request")
def location(request, slug):
    """Show the posts about one facility."""
    at = instant.now()
    place = get_object_or_404(Location.objects.published(at), slug=slug)
    head = {"title": _("News: %(place)s") % {"place": place.name}}
    page = Shelf(location=place).page(request, PER_PAGE, at)
    return _list_page(request, at, page, head, place.name, location=place)


@require_safe
@vary_on_headers("HX-Request")
def press_releases(request):
    """Show what was written for journalists."""
    description = _("What the hospital tells journalists, and whom they ask.")
    return _kind(request, Article.Kind.PRESS_RELEASE, _("Press releases"), description)


@require_safe
@vary_on_headers("HX-Request")
def notices(request):
    """Show the notices."""
    return _kind(request, Article.Kind.NOTICE, _("Notices"), _("Short notices from the hospital."))


@require_safe
@vary_on_headers("HX-Request")
def year(request, year):
    """Show the posts of one year in the hospital's zone."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("There is no such year."))
    span = tuple(local_midnight(Month(each, 1).first_day) for each in (year, year + 1))
    return _span(request, span, str(year), year, None, _("There are no posts of that year."))


@require_safe
@vary_on_headers("HX-Request")
def month(request, year, month):
    """Show the posts of one month in the hospital's zone."""
    shown = month_or_404(year, month)
    name = date_format(shown.first_day, "YEAR_MONTH_FORMAT")
    return _span(request, shown.bounds, name, year, shown, _("There are no posts of that month."))


def _kind(request, kind, name, description):
    at = instant.now()
    page = Shelf(kind=kind).page(request, PER_PAGE, at)
    return _list_page(request, at, page, {"title": name, "description": description}, name, kind=kind)


def _span(request, span, name, year, month, nothing):
    """Show the posts of `span` that fit the filters of the address. Raises Http404 where it has none at all."""
    at = instant.now()
    topics, locations = list(topics_with_posts(at)), list(locations_with_posts(at))
    form = ArchiveFilterForm(request.GET, topics=topics, locations=locations)
    page = KeysetPage()
    if form.is_valid():
        page = Shelf(span=span, **form.cleaned_data).page(request, PER_PAGE, at)
        if not page.rows and not form.asked:
            raise Http404(nothing)
    return _list_page(
        request,
        at,
        page,
        {"title": _("News of %(span)s") % {"span": name}},
        name,
        heading=_("News of %(span)s") % {"span": name} if month is None else name,
        form=form,
        year=year,
        month=month,
        topics=topics,
        locations=locations,
    )


def _list_page(request, at, page, head, name="", **context):
    """Answer with `page`, a KeysetPage; htmx gets its posts alone.

    `name` is what the list is called below the news, "" for the news themselves. A page further back is not for
    search engines, who find its posts by year and month; nor is one with nothing in it or with a filter.
    """
    form = context.get("form")
    has_posts = bool(page.rows or context.get("featured"))
    title = head["title"] if page.is_first else _("%(list)s: older posts") % {"list": head["title"]}
    step = [(name, request.path)] if name else []
    if context.get("month"):
        step.insert(0, (str(context["year"]), reverse("news:year", args=[context["year"]])))
    shown = {
        "topic": None,
        "location": None,
        "kind": None,
        "month": None,
        "year": None,
        "topics": topics_with_posts(at),
        "locations": locations_with_posts(at),
        "archive": lambda: archive(at, context.get("year")),
        **context,
    }
    return TemplateResponse(
        request,
        "news/article_list.html" + ("#found" if request.htmx else ""),
        {
            "head": PageHead(
                title=title,
                description=head.get("description", ""),
                path=request.path if page.is_first else None,
                json_ld=[news_trail(*step)],
                indexed=page.is_first and has_posts and not (form and form.is_bound and form.asked),
            ),
            "heading": name or head["title"],
            "page": page,
            "empty": not has_posts,
            "query": _query(form),
            "trail": step[:-1],
            **shown,
        },
    )


def _query(form):
    """Return the part of a query that keeps the filters of `form`, to be put before a cursor; "" for none."""
    if form is None or not form.is_valid():
        return ""
    return "".join(f"{name}={thing.slug}&" for name, thing in form.cleaned_data.items() if thing)

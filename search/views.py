from django.conf import settings
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from publishing.caching import LONGEST, with_time_of_sending
from publishing.head import PageHead, absolute
from publishing.paging import page_of

from .answers import answer_in
from .best_bets import best_bet_for
from .engine import find
from .filters import kind_links, topic_links
from .forms import SearchForm
from .missed import missed_searches
from .results import shown
from .suggestions import suggestions_for

PER_PAGE = 20


@require_safe
@vary_on_headers("HX-Request")
@conditional_page
def search(request):
    """Show what answers the words in `q`, best first, or the empty search page; htmx gets what was found alone."""
    template_name = "search/search.html"
    if request.htmx:
        template_name += "#found"
    form = SearchForm(request.GET)
    asked = form.asked
    language = get_language()
    found = find(asked.text, kind=asked.kind, topic=asked.topic, between=asked.between, as_typed=asked.as_typed)
    page = page_of(request, found.results, PER_PAGE)
    is_first = page.number == 1
    if is_first and not asked.is_narrowed:
        missed_searches.count(found)
    bet = best_bet_for(found.looked_for, language, found.bets) if is_first and not asked.is_narrowed else None
    best, answer = answer_in(found) if is_first else (None, None)
    on_cards = {card.entry.pk for card in (bet, best) if card}
    results = [result for result in page if result.pk not in on_cards]
    seen = shown([best, *results] if best else results, found.looked_for, language)
    response = TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(title=_title(asked), path=request.path, indexed=False),
            "form": form,
            "asked": asked,
            "found": found,
            "count": len(found.results) + (bet is not None and bet.entry.pk not in _keys(found.results)),
            "bet": bet,
            "best": seen.pop(0) if best else None,
            "answer": answer,
            "results": seen,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "kinds": kind_links(asked, found),
            "topics": topic_links(asked, found),
            "addresses": {
                "as_typed": asked.address(as_typed=True),
                "meant": asked.address(text=found.meant, as_typed=False),
                "all": asked.address(kind="", topic="", first_day=None, last_day=None),
                "any_day": asked.address(first_day=None, last_day=None),
                "this_list": asked.address(),
            },
        },
    )
    return _kept(response, answer)


@require_safe
@conditional_page
def suggestions(request):
    """Answer with what may be meant by the beginning of a question, as the options of a list."""
    groups = suggestions_for(SearchForm(request.GET).asked.text, get_language())
    context = {"groups": groups, "count": sum(len(suggested) for _kind, _label, suggested in groups)}
    response = TemplateResponse(request, "search/_suggestions.html", context)
    patch_cache_control(response, public=True, max_age=60)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def opensearch(request):
    """Describe the search so that a browser can add it to its own (OpenSearch 1.1)."""
    return TemplateResponse(
        request,
        "search/opensearch.xml",
        {
            "short_name": settings.SITE_NAME[:16],  # the specification allows no more
            "address": absolute(reverse("search:search")),
            "own_address": absolute(request.path),
            "icon": absolute(static("img/favicon.ico")),
        },
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


def _title(asked):
    if not asked.text:
        return _("Search")
    return _("%(words)s: search") % {"words": asked.text[:60]}


def _keys(results):
    return {result.pk for result in results}


def _kept(response, answer):
    """Let caches keep `response` for a minute, or as long as the Answer in it holds, and return it.

    robots.txt lets search engines in here: only who may read the page learns that it is not for them.
    """
    holds_for = LONGEST if answer is None or answer.holds_for is None else min(LONGEST, answer.holds_for)
    patch_cache_control(response, public=True, must_revalidate=True, max_age=holds_for)
    response["X-Robots-Tag"] = "noindex"
    return with_time_of_sending(response)

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.head import PageHead

from .engine import find
from .forms import SearchForm


@require_safe
def search(request):
    """Show what fits the words in `q`, best first, or the empty search page."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    return TemplateResponse(
        request,
        "search/search.html",
        {
            "head": PageHead(title=_("Search"), path=request.path, indexed=False),
            "form": form,
            "query": query,
            "found": find(query),
        },
    )

"""Pages of a long list."""

from django import forms
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

PAGES_AHEAD = 4


class PageForm(forms.Form):
    """The `page` of an address. Bounded, since PostgreSQL refuses an offset above 2**63."""

    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


def page_of(request, objects, per_page, *, total=None):
    """Return the django Page of `objects` that the address asks for, the first by default.

    They are counted, unless it is known that they are `total`. Raises Http404 for a page that is no number or beyond
    the last one.
    """
    form = PageForm(request.GET)
    if not form.is_valid():
        raise Http404(_("There is no such page of this list."))
    paginator = Paginator(objects, per_page)
    if total is not None:
        paginator.count = total
    try:
        return paginator.page(form.cleaned_data["page"] or 1)
    except EmptyPage as error:
        raise Http404(_("There is no such page of this list.")) from error


def page_ahead_of(request, objects, per_page):
    """Return the django Page that the address asks for, of a list that is too long to be counted for each reader.

    It is looked PAGES_AHEAD further and no more: `page.more` is whether the list goes on beyond. Then the paginator
    counts and numbers only what lies before. What is on the page is fetched as a list, so give it keys and not rows.
    Raises Http404 as page_of does.
    """
    form = PageForm(request.GET)
    if not form.is_valid():
        raise Http404(_("There is no such page of this list."))
    number = form.cleaned_data["page"] or 1
    begin, most = (number - 1) * per_page, (PAGES_AHEAD + 1) * per_page
    found = list(objects[begin : begin + most + 1])
    if not found and number > 1:
        raise Http404(_("There is no such page of this list."))
    paginator = Paginator(objects, per_page)
    paginator.count = begin + min(len(found), most)
    page = paginator.page(number)
    page.object_list = found[:per_page]
    page.more = len(found) > most
    return page

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import json_ld


def news_trail(*steps):
    """Return the breadcrumb of a page of the news as JSON-LD; `steps` are pairs of name and path below the news."""
    return json_ld.trail((_("News"), reverse("news:article_list")), *steps)

"""A search box on the page of one feature, that looks among the feature's own things while somebody types."""

from dataclasses import dataclass

from .engine import find
from .forms import SearchForm
from .found import Found
from .missed import missed_searches


@dataclass(frozen=True)
class LiveBox:
    """What was typed into the box, and the Found of it; None where nothing was typed."""

    text: str
    found: Found | None

    @property
    def ids(self):
        """Return the primary keys of what was found, the best first."""
        return [result.row.object_id for result in self.found.results] if self.found else []


def live_box(request, *kinds):
    """Return the LiveBox of `request`, which looks among things of these kinds. What finds nothing is counted."""
    text = SearchForm(request.GET).asked.text
    found = find(text, among=kinds) if text else None
    if found:
        missed_searches.count(found, typing=bool(request.htmx))
    return LiveBox(text, found)

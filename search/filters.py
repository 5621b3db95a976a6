"""The links by which a visitor narrows what was found."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .sources import source_of


@dataclass(frozen=True)
class FilterLink:
    """A kind or topic, or all of them. `count` is None where it is not told; `is_chosen`: the page shows this now."""

    value: str
    label: str
    count: int | None
    address: str
    is_chosen: bool


def kind_links(asked, found):
    """Return the FilterLinks of the kinds in `found`, all of them first; none where there is nothing to choose."""
    labels = {facet.value: (facet.label, facet.count) for facet in found.kinds}
    if asked.kind and asked.kind not in labels:
        labels[asked.kind] = (source_of(asked.kind).label, 0)
    return _links(asked, "kind", labels, _("All kinds"))


def topic_links(asked, found):
    """Return the FilterLinks of the topics in `found`, all of them first; none where there is nothing to choose."""
    labels = {facet.value: (facet.label, facet.count) for facet in found.topics}
    if asked.topic and asked.topic not in labels:
        labels[asked.topic] = (asked.topic, 0)
    return _links(asked, "topic", labels, _("All topics"))


def _links(asked, name, labels, all_label):
    """Return the FilterLinks for `labels`, a dict of (label, count) by value. Another kind knows no days.

    The chosen one comes before the others: on a phone they are a strip, and what is chosen must be seen.
    """
    chosen = getattr(asked, name)
    if not chosen and len(labels) < (2 if name == "kind" else 1):
        return []
    days = {"first_day": None, "last_day": None} if name == "kind" else {}
    every = FilterLink("", all_label, None, asked.address(**{name: ""}, **days), is_chosen=not chosen)
    return [
        every,
        *(
            FilterLink(value, label, count, asked.address(**{name: value}, **days), is_chosen=value == chosen)
            for value, (label, count) in sorted(labels.items(), key=lambda item: item[0] != chosen)
        ),
    ]

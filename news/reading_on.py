"""Where a post leads on: the names and dates of other pages as they are now.

A service, a place or a person is asked itself. Any other page of this site is known by its address alone, so that
its title and dates are what the search knows of it: the news need not know the feature.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from publishing.checks.targets import Kind, target_of
from search.bet_pages import ways_to_write
from search.models import Entry
from search.results import When, when_of
from search.sources import source_of


@dataclass(frozen=True)
class Link:
    """`text` leads to `address`, whose page is in `language`; `summary` says what it is, or "".

    `when` is a When: of a post when it came out, of an event when it is next, and where or that it does not take
    place. None for what has no date.
    """

    text: str
    address: str
    summary: str = ""
    language: str = settings.LANGUAGE_CODE
    when: When | None = None


def links_of(blocks, at):
    """Return {pk of the block: Link} of `blocks` to read on, as they are at `at` (aware datetime).

    What is not public then has no Link. One query, none where no block names an address.
    """
    entries = _entries_at({way for block in blocks for way in ways_of(block.address)}, at)
    links = {}
    for block in blocks:
        thing = block.service or block.location or block.person
        if thing is not None:
            if thing.is_published_at(at):
                links[block.pk] = _link_to(block)
            continue
        found = [entries[way] for way in ways_of(block.address) if way in entries]
        if found:
            links[block.pk] = _link_of(found[0], at)
    return links


def ways_of(address):
    """Return the paths by which the search may know the page at `address`; none for what is not of this site."""
    target = target_of(address) if address else None
    if target is None or target.kind is not Kind.HERE:
        return []
    path = target.path if target.path.endswith("/") else f"{target.path}/"
    return ways_to_write(path)


def _entries_at(paths, at):
    """Return {path: Entry} of what the public finds at `paths`; of two languages, the reader's."""
    if not paths:
        return {}
    entries = Entry.objects.shown(at).filter(path__in=paths).defer("text", "title_stems", "names_stems", "names")
    language = get_language()
    return {entry.path: entry for entry in sorted(entries, key=lambda entry: language in entry.serves)}


def _link_to(block):
    if block.service:
        return Link(block.service.name, block.service.get_absolute_url(), block.service.summary)
    if block.location:
        return Link(block.location.name, block.location.get_absolute_url(), ", ".join(block.location.address_lines))
    return Link(block.person.full_name, block.person.get_absolute_url(), ", ".join(block.person.title_lines))


def _link_of(entry, at):
    source = source_of(entry.kind)
    return Link(
        entry.title,
        entry.path_for(get_language()),
        entry.summary,
        entry.language,
        when_of(entry, at) if source is not None and source.dated else None,
    )

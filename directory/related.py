"""What other features tell of a service: each gives a function, since the directory knows none of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RelatedLink:
    """`text` leads to `address`; `note` says in a few words when it is or was, or ""."""

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class RelatedLinks:
    """Links of one kind under their `heading`."""

    heading: str
    links: list


_functions = []


def register_related(function):
    """Let `function`, of a Service and an aware datetime, add its RelatedLinks to the page of the service."""
    if function not in _functions:
        _functions.append(function)


def related_to(service, at):
    """Return the list of RelatedLinks of `service` that have any link at `at`, an aware datetime."""
    told = (function(service, at) for function in _functions)
    return [links for links in told if links.links]

"""Links that lead nowhere, to a place that visitors cannot reach, or over somebody who notes the click."""

from django.conf import settings
from django.utils.translation import gettext as _

from ..instant import at_instant
from ..models import State
from ..near_addresses import near_addresses
from .finding import Finding, Level, shortened
from .targets import Kind, target_of
from .unwrapping import is_wrapped, noting_parameters, unwrapped, without_noting_parameters
from .visits import visits_of

MOST_SUGGESTIONS = 5  # each takes a query for every kind of page


def check_tracked_links(manuscript):
    """Find links wrapped by a mail filter or portal, and those with parameters that only count clicks."""
    for link in manuscript.links:
        if is_wrapped(link.href):
            inner = unwrapped(link.href)
            if inner:
                message = _("The link %(link)s leads over a mail filter or tracker. Put this in its place: %(inner)s")
            else:
                message = _(
                    "The link %(link)s leads over a mail filter or tracker that hides the real address. Open it, and "
                    "copy the address from the browser."
                )
            values = {"link": _named(link), "inner": shortened(inner, 500)}
            yield _finding(Level.ERROR, "tracked-link", message % values, link)
        elif names := noting_parameters(link.href):
            message = _("The link %(link)s carries %(names)s, which only counts clicks. Shorter: %(without)s") % {
                "link": _named(link),
                "names": shortened(", ".join(names)),
                "without": shortened(without_noting_parameters(link.href), 500),
            }
            yield _finding(Level.WARNING, "counting-link", message, link)


def check_addresses(manuscript):
    """Find addresses that are none, that only staff can reach, or that are written in a way that costs a detour."""
    for link in manuscript.links:
        target = target_of(link.href, manuscript.address)
        level = Level.ERROR
        if target.kind is Kind.MALFORMED:
            code, message = "malformed-link", _("The link %(link)s is no address.")
        elif target.kind is Kind.STAFF:
            code, message = "staff-link", _("The link %(link)s leads to the screens of the staff.")
        elif target.kind is Kind.UNREACHABLE:
            code = "unreachable-link"
            message = _("The link %(link)s works only on one computer or inside the hospital's network.")
        elif target.kind is Kind.HERE and target.parts.scheme == "http" and settings.SITE_URL.startswith("https:"):
            level, code = Level.WARNING, "unencrypted-link"
            message = _("The link %(link)s to our own site is not encrypted. Write only its path: %(path)s")
        elif target.parts.scheme == "mailto" and not _has_mailbox(target.parts.path):
            level, code = Level.WARNING, "empty-mail-link"
            message = _("The link %(link)s opens a mail to nobody: write mailto: with the address.")
        elif target.parts.scheme in ("tel", "sms") and not any(char.isdigit() for char in target.parts.path):
            level, code = Level.WARNING, "empty-phone-link"
            message = _("The link %(link)s dials no number.")
        else:
            continue
        yield _finding(level, code, message % {"link": _named(link), "path": shortened(target.path, 300)}, link)


def check_broken_links(manuscript):
    """Find links to pages and files of this site that a visitor would not find.

    What is not live yet is a warning: both may be meant to go live together.
    """
    internal = []
    for link in manuscript.links:
        target = target_of(link.href, manuscript.address)
        if target.kind is Kind.HERE and not is_wrapped(link.href):
            internal.append((link, target))
    with at_instant(manuscript.at):
        visits = visits_of(dict.fromkeys((target.path, target.query) for link, target in internal))
    suggestions = MOST_SUGGESTIONS
    for link, target in internal:
        seen = visits[target.path, target.query]
        if (seen.found and not seen.moved_to) or seen.hidden == manuscript.thing:
            continue
        level, code = Level.WARNING, "link-to-unpublished"
        values = {"link": _named(link), "target": shortened(seen.moved_to, 300)}
        if seen.found:
            code, message = "link-to-moved", _("The page of the link %(link)s has moved: link to %(target)s.")
        elif seen.found is None:
            code, message = "link-not-checked", _("The link %(link)s could not be tried: try it yourself.")
        elif seen.hidden is not None:
            message = _("The link %(link)s leads to “%(name)s”, which is not live (%(state)s).")
            values |= {"name": shortened(str(seen.hidden)), "state": _state_of(seen.hidden, manuscript.at)}
        else:
            level, code = Level.ERROR, "broken-link"
            message = _("The link %(link)s leads to a page that does not exist.")
            if not target.parts.path.startswith("/") and not target.parts.netloc:
                message = _(
                    "The link %(link)s leads to a page that does not exist. Begin the address of another site with "
                    "https://, and that of a page of ours with /."
                )
            elif suggestions > 0:
                suggestions -= 1
                near = near_addresses(target.path, limit=1)
                if near:
                    message = _("The link %(link)s leads to a page that does not exist. Perhaps you mean %(near)s.")
                    values["near"] = near[0]
        yield _finding(level, code, message % values, link)


def _state_of(thing, at):
    """Return in a word why visitors do not find `thing`."""
    state = thing.state_at(at)
    return _("Demonstration") if state in (State.LIVE, State.CHANGED) else state.label


def _has_mailbox(path):
    name, at, host = path.partition("@")
    return bool(name.strip() and at and "." in host)


def _named(link):
    """Return the words of a link with its address, as an editor finds it: “Opening hours” (/hours/)."""
    address = shortened(link.href, 120)
    return f"“{shortened(link.text)}” ({address})" if link.text and link.text != link.href else f"“{address}”"


def _finding(level, code, message, link):
    return Finding(level, code, message, link.part, link.field, f"{link.text} {link.href}")

"""What may be wrong with a newsletter, besides what is checked in every text, link and picture."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.checks import Finding, Level
from publishing.checks.finding import shortened

from .composition import Kind, compose
from .rendering import MOST_BYTES, render_composition

LONGEST_SUBJECT = 60  # signs; phones show no more of it
IN_WORDS = {Kind.TEXT, Kind.POST, Kind.POSTS, Kind.EVENT, Kind.EVENTS}


def check_envelope(manuscript):
    """Find what is wrong with the subject, the lists and the sender's address."""
    issue = manuscript.thing
    subject = " ".join(issue.subject.split())
    if not any(map(str.isalnum, subject)):
        message = _("The subject has no words: mailboxes would show an empty line.")
        yield Finding(Level.ERROR, "empty-subject", message, issue, "subject", subject)
    elif len(subject) > LONGEST_SUBJECT:
        message = _("The subject has %(count)d signs; phones show about %(most)d of them.") % {
            "count": len(subject),
            "most": LONGEST_SUBJECT,
        }
        yield Finding(Level.WARNING, "long-subject", message, issue, "subject", subject)
    if not issue.lists.exists():
        message = _("No mailing list is chosen, so it would be sent to nobody.")
        yield Finding(Level.ERROR, "no-list", message, issue, "lists")
    if not settings.HOSPITAL_ADDRESS.strip():
        message = _("The hospital’s postal address is not set, and each mail needs it. Tell those who run the site.")
        yield Finding(Level.ERROR, "no-postal-address", message, issue, "subject")


def check_content(manuscript):
    """Find blocks that would stay empty, a mail without words, and one that is too large to be shown whole."""
    issue = manuscript.thing
    composition = compose(issue, manuscript.at)
    for block in composition.left_out:
        yield Finding(
            Level.WARNING, f"empty-{block.kind}", _why_left_out(block, manuscript.at), block, _field_of(block)
        )
    if not composition.says_something:
        message = _("Nothing would stand in it: add a text, a post or an event.")
        yield Finding(Level.ERROR, "nothing-to-send", message, issue, "subject")
        return
    if not any(part.kind in IN_WORDS for part in composition.parts):
        message = _("Everything it says is in pictures, which many mail programs do not show. Say it in a text, too.")
        yield Finding(Level.ERROR, "only-pictures", message, issue, "subject")
    rendering = render_composition(issue, composition)
    if rendering.is_too_large:
        message = _("The mail has %(size)d kB; Gmail cuts off what is above %(most)d kB. Leave posts or text out.") % {
            "size": rendering.size // 1000,
            "most": MOST_BYTES // 1000,
        }
        yield Finding(Level.ERROR, "too-large", message, issue, "subject", str(rendering.size // 1000))


def check_mail_links(manuscript):
    """Find links that a mail makes useless: to a place in the same page, or over an open line."""
    for link in manuscript.links:
        words = f"{link.text} {link.href}"
        named = {"link": shortened(link.text or link.href)}
        if link.href.strip().startswith("#"):
            message = (
                _("The link “%(link)s” leads to a place in the same text, which mail programs do not find.") % named
            )
            yield Finding(Level.WARNING, "link-inside-mail", message, link.part, link.field, words)
        elif _is_open(link.href):
            message = _("The link “%(link)s” is not encrypted. Write it with https://.") % named
            yield Finding(Level.WARNING, "open-link-in-mail", message, link.part, link.field, words)


def _is_open(href):
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return parts.scheme == "http" and parts.netloc != urlsplit(settings.SITE_URL).netloc


def _field_of(block):
    return {Kind.POST: "article", Kind.EVENT: "event", Kind.TEXT: "text", Kind.PICTURE: "image"}.get(
        block.kind, "heading"
    )


def _why_left_out(block, at):
    """Return in a sentence why `block` has nothing to show at `at`."""
    if block.kind == Kind.POSTS:
        return _("There are no posts for “%(heading)s” now: the block would be left out.") % {"heading": block.heading}
    if block.kind == Kind.EVENTS:
        days = ngettext("of the next day", "of the next %(days)d days", block.days) % {"days": block.days}
        return _("There are no events %(days)s for “%(heading)s”: the block would be left out.") % {
            "days": days,
            "heading": block.heading,
        }
    thing = block.article if block.kind == Kind.POST else block.event if block.kind == Kind.EVENT else None
    if thing is None:
        return _("There is nothing in this block: it would be left out.")
    if thing.is_published_at(at):
        return _("“%(title)s” is over by then: it would be left out.") % {"title": shortened(str(thing))}
    return _("“%(title)s” is not live at the time of sending: it would be left out.") % {"title": shortened(str(thing))}


CHECKS = (check_envelope, check_content, check_mail_links)

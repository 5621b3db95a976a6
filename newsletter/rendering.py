"""A newsletter as it is mailed: subject, HTML and plain text, with the marks where each reader's own links go."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from publishing.excerpts import excerpt
from publishing.head import absolute
from publishing.mail_pictures import mail_picture
from publishing.one_line import one_line

from .composition import Kind, compose, list_names, postal_address
from .full_addresses import absolute_address
from .letter import letter, why_you_get_this
from .mail_css import CSS, SHEETS
from .mail_html import mail_html
from .marks import LEAVE, PREFERENCES

MOST_BYTES = 102_000  # of HTML; what is longer, Gmail cuts off, and with it the link to leave
FOR_LINKS = 2_000  # bytes that a reader's own links may take in place of the marks


@dataclass(frozen=True)
class Rendering:
    """What is mailed. `html` and `text` hold the marks of `newsletter.marks`."""

    subject: str
    html: str
    text: str

    @property
    def size(self):
        """Return how many bytes the HTML has at most, with a reader's own links in it."""
        return len(self.html.encode()) + FOR_LINKS

    @property
    def is_too_large(self):
        return self.size > MOST_BYTES


def render_issue(issue, at=None):
    """Return the Rendering of `issue` at `at`, an aware datetime (default: now); None where nothing stands in it.

    It is in the site's own language, whoever asks. The sizes of its pictures are made where they are not there yet.
    """
    composition = compose(issue, at)
    return render_composition(issue, composition) if composition.says_something else None


def render_composition(issue, composition):
    """Return the Rendering of `issue` with what stands in `composition`."""
    with translation.override(settings.LANGUAGE_CODE):
        content = _content(issue, composition)
        html = render_to_string(
            "newsletter/mail/issue.html", {**content, "why": why_you_get_this(content), "css": CSS, "sheets": SHEETS}
        )
        return Rendering(content["subject"], _without_indents(html), letter(content))


def _content(issue, composition):
    path = issue.get_absolute_url()
    return {
        "subject": one_line(issue.subject),
        "preheader": one_line(issue.preheader) or opening_of(composition),
        "language": settings.LANGUAGE_CODE,
        "parts": [_part(part, path) for part in composition.parts],
        "site_name": settings.SITE_NAME,
        "home": absolute("/"),
        "page": absolute(path),
        "lists": list_names(issue),
        "postal_address": postal_address(),
        "leave": LEAVE,
        "preferences": PREFERENCES,
    }


def opening_of(composition):
    """Return the line behind the subject where the editor has written none: the opening of the text, else headlines."""
    for part in composition.parts:
        if part.kind == Kind.TEXT and (words := excerpt(part.block.text, 120)):
            return words
    titles = [post.headline for post in composition.posts] + [told.event.title for told in composition.events]
    return excerpt(one_line(" · ".join(titles[:3])), 120)


def _part(part, path):
    """Return what the templates need of `part`: addresses in full, and words on one line."""
    block = part.block
    shown = {"kind": block.kind, "heading": one_line(block.heading), "path": path}
    if block.kind == Kind.TEXT:
        return {**shown, "html": mail_html(block.text, path), "rich_text": block.text}
    if block.kind == Kind.PICTURE:
        return {
            **shown,
            "picture": mail_picture(block.image, "whole"),
            "caption": one_line(f"{block.caption} {block.image.credit}"),
        }
    if block.kind == Kind.LINK:
        return {
            **shown,
            "label": one_line(block.link_label),
            "address": absolute_address(block.link_address, path),
        }
    shape = "small" if block.kind in (Kind.POSTS, Kind.EVENTS) else "card"
    things = [_post(post, shape) for post in part.posts] + [_event(told, shape) for told in part.events]
    return {**shown, "things": things, "level": "h3" if shown["heading"] else "h2"}


def _post(post, shape):
    return {
        "title": one_line(post.headline),
        "address": absolute(post.get_absolute_url()),
        "words": one_line(post.opening),
        "picture": mail_picture(post.image, shape) if post.image else None,
    }


def _event(told, shape):
    return {
        "title": one_line(told.event.title),
        "address": absolute(told.event.get_absolute_url()),
        "words": one_line(told.event.opening),
        "picture": mail_picture(told.event.image, shape) if told.event.image and shape == "card" else None,
        "when": one_line(told.when),
        "where": one_line(told.where),
        "status": told.status,
        "note": one_line(told.note),
        "takes_place": told.takes_place,
    }


def _without_indents(html):
    """Return `html` without the indents of its template: they would be a tenth of its size."""
    return "\n".join(line for line in (line.strip() for line in html.split("\n")) if line)

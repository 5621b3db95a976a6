"""A whole post as plain HTML for feed readers: its text and blocks, every address with its host."""

import re
from itertools import groupby

from django.template.defaultfilters import linebreaks
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from publishing.head import absolute

from .models import Block

_OWN_ADDRESS = re.compile(r'(\s(?:href|src)=")(/(?!/))')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML has no way to write them


def printable(text):
    """Return `text` without the characters that no XML can hold."""
    return _UNPRINTABLE.sub("", str(text))


def full_text(article, blocks, links, at):
    """Return safe HTML: what is to be known first, the text and `blocks` of `article` in their order.

    `links` is {pk of a block: reading_on.Link}. What is not public at `at` (aware datetime) is left out. A film and
    the numbers of a contact, which may be others tomorrow, are links to the post.
    """
    parts = [_correction(article)] if article.correction else []
    if article.image:
        parts.append(_figure(article.image, article.caption))
    parts.append(article.body)
    for kind, run in groupby(blocks, lambda block: block.kind):
        parts.extend(_DRAWN[kind](article, list(run), links, at))
    if article.source:
        parts.append(format_html("<p>{}</p>", _("First published by %(source)s.") % {"source": article.source}))
    return _with_hosts(printable("\n".join(parts)))


def _with_hosts(html):
    return mark_safe(_OWN_ADDRESS.sub(lambda match: f"{match[1]}{absolute(match[2])}", html))  # noqa: S308  as it was


def _correction(article):
    day = date_format(article.updated_on, "DATE_FORMAT") if article.updated_on else ""
    title = _("Correction of %(day)s") % {"day": day} if day else _("Correction")
    return format_html("<p><strong>{}</strong></p>{}", title, linebreaks(article.correction))


def _figure(image, caption):
    said = " ".join(filter(None, [caption, image.credit]))
    told = format_html("<figcaption>{}</figcaption>", said) if said else ""
    return format_html('<figure><img src="{}" alt="{}">{}</figure>', image.file.url, image.alternative_text, told)


def _texts(article, run, links, at):
    for block in run:
        yield format_html("<h2>{}</h2>", block.heading) if block.heading else ""
        yield block.text


def _pictures(article, run, links, at):
    return [_figure(block.image, block.caption) for block in run if block.image]


def _quotes(article, run, links, at):
    for block in run:
        by = ", ".join(filter(None, [block.said_by, block.said_by_title]))
        yield format_html("<blockquote><p>“{}”</p><p>{}</p></blockquote>", block.quote, by)


def _films(article, run, links, at):
    films = [block.video for block in run if block.video and block.video.is_published_at(at)]
    return _list([(article.get_absolute_url(), _("Film: %(title)s") % {"title": film.title}) for film in films])


def _documents(article, run, links, at):
    return _list([(block.document.get_absolute_url(), block.document.title) for block in run if block.document])


def _facts(article, run, links, at):
    for block in run:
        yield format_html("<h3>{}</h3>", block.heading)
        yield block.text


def _further(article, run, links, at):
    return _list([(links[block.pk].address, links[block.pk].text) for block in run if block.pk in links])


def _contacts(article, run, links, at):
    names = [block.contact.name for block in run if block.contact and block.contact.is_published_at(at)]
    return _list([(article.get_absolute_url(), _("Contact: %(name)s") % {"name": name}) for name in names])


def _list(pairs):
    """Return a list of links, of pairs (address, words), as a list of one text; of none for no pair."""
    items = format_html_join("", '<li><a href="{}">{}</a></li>', pairs)
    return [format_html("<ul>{}</ul>", items)] if pairs else []


_DRAWN = {
    Block.Kind.TEXT: _texts,
    Block.Kind.PICTURE: _pictures,
    Block.Kind.GALLERY: _pictures,
    Block.Kind.QUOTE: _quotes,
    Block.Kind.VIDEO: _films,
    Block.Kind.DOCUMENT: _documents,
    Block.Kind.FACTS: _facts,
    Block.Kind.RELATED: _further,
    Block.Kind.CONTACT: _contacts,
}

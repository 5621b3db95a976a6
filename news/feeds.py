"""The feeds: the newest posts of all or of one topic, whole, as Atom and as RSS."""

import mimetypes
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Enclosure
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Person
from publishing import instant
from publishing.head import absolute

from .feed_edition import ITEMS, edition
from .feed_formats import Atom, Rss
from .feed_text import full_text, printable
from .models import Block, Topic
from .reading_on import links_of
from .shelves import Shelf

SINCE = 2026  # the year in a tag: URI is one in which the site had its host (RFC 4151), not when a post came out
_SHOWN_BY_BLOCKS = ("image", "video", "document", "service", "location", "person", "contact")


@dataclass
class Picture(Enclosure):
    """The picture of a post; `told` is what it shows, in words."""

    url: str
    length: str  # bytes
    mime_type: str
    told: str = ""


@require_safe
def _feed(request, slug=None, *, generator):
    """Send the newest posts of all, or of the topic `slug`; 304 to a reader who has them."""
    at = instant.now()
    topic = get_object_or_404(Topic, slug=slug) if slug is not None else None
    current = edition(request.path, topic, at)
    changed = int(current.changed_at.timestamp())
    response = get_conditional_response(request, etag=current.etag, last_modified=changed)
    if response is None:
        written = _written(request, topic, generator, at)
        response = HttpResponse(written, content_type=generator.content_type)
        response["X-Robots-Tag"] = "noindex"
    response["ETag"] = current.etag
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = "no-cache"  # to be asked each time whether it is still so, which costs little
    return response


atom = partial(_feed, generator=Atom)
rss = partial(_feed, generator=Rss)


def post_id(post):
    """Return by what feed readers know `post`, whatever its address will be."""
    if post.feed_slug:
        return absolute(f"/news/{post.feed_slug}/")
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{SINCE}:news/{post.pk}"


def _written(request, topic, generator, at):
    """Return the feed as text."""
    title = _("News from %(hospital)s") % {"hospital": settings.SITE_NAME}
    subtitle = _("News from the hospital and its community.")
    page = reverse("news:article_list")
    if topic is not None:
        title = _("%(topic)s: news from %(hospital)s") % {"topic": topic.name, "hospital": settings.SITE_NAME}
        subtitle, page = topic.description or subtitle, topic.get_absolute_url()
    feed = generator(
        title=printable(title),
        link=absolute(page),
        description=printable(subtitle),
        subtitle=printable(subtitle),
        language=get_language(),
        feed_url=absolute(request.path),
        feed_guid=absolute(page),
        author_name=settings.SITE_NAME if generator is Atom else None,
    )
    for post, blocks, links in _posts(topic, at):
        _add(feed, post, full_text(post, blocks, links, at))
    return feed.writeString("utf-8")


def _posts(topic, at):
    """Return the newest posts as tuples (Article, its Blocks, {pk of a block: Link})."""
    posts = Shelf(topic=topic).newest(ITEMS, at)
    blocks = Block.objects.select_related(*_SHOWN_BY_BLOCKS).order_by("ordering", "pk")
    prefetch_related_objects(
        posts,
        "topics",
        Prefetch("authors", Person.objects.published(at)),
        Prefetch("news_block_set", blocks, to_attr="feed_blocks"),
    )
    links = links_of([each for post in posts for each in post.feed_blocks if each.kind == Block.Kind.RELATED], at)
    return [(post, post.feed_blocks, links) for post in posts]


def _add(feed, post, content):
    picture = _picture(post.image) if post.image else None
    writers = [(printable(each.full_name), absolute(each.get_absolute_url())) for each in post.authors.all()]
    writers += [(byline, None)] if (byline := printable(post.byline)) else []
    feed.add_item(
        title=printable(post.headline),
        link=absolute(post.get_absolute_url()),
        description=escape(printable(post.opening)),
        unique_id=post_id(post),
        unique_id_is_permalink=bool(post.feed_slug and post.feed_slug == post.slug),
        pubdate=post.published_at,
        updateddate=post.updated_at,
        categories=[printable(topic.name) for topic in post.topics.all()],
        enclosures=[picture] if picture else [],
        content=content,
        language=post.language,
        writers=writers or [(settings.SITE_NAME, None)],
        picture=picture,
    )


def _picture(image):
    try:
        size = image.file.size
    except OSError:  # the file is gone; the post is still there
        return None
    kind = mimetypes.guess_type(image.file.name)[0] or "image/jpeg"
    return Picture(absolute(image.file.url), str(size), kind, printable(image.alternative_text))

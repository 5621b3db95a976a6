"""A newsletter as its mail and its page need it: the blocks in order, with the posts and events that stand in them."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from events.models import DateStatus, Event, EventDate
from events.when_words import when_of, where_of
from news.models import Article
from publishing import instant

from .models import Block

Kind = Block.Kind
_RELATED = ("image", "topic", "event_topic", "article__image", "event__image", "event__location")


@dataclass(frozen=True)
class ToldEvent:
    """An event in a newsletter. `date` is its next EventDate; None for one at any time or whose day is not known."""

    event: Event
    date: EventDate | None = None

    @property
    def when(self):
        """Return day and hours in one line, or in words that there is no day to tell."""
        if self.date:
            return when_of(self.date)
        any_time = self.event.timing == Event.Timing.ANY_TIME
        return _("Any time, at your own pace") if any_time else _("Day to be announced")

    @property
    def where(self):
        """Return the place in one line, "" where nobody has said."""
        return where_of(self.date) if self.date else ""

    @property
    def takes_place(self):
        return self.date is None or self.date.takes_place

    @property
    def status(self):
        """Return what has become of the date in a word, such as “Cancelled”; "" where it is as planned."""
        if self.date is None or self.date.status == DateStatus.ON:
            return ""
        return str(DateStatus(self.date.status).label)

    @property
    def note(self):
        """Return the coordinator's sentence about the date."""
        return self.date.status_note if self.date else ""


@dataclass(frozen=True)
class Part:
    """A block that has something to show: `posts` is a list of Article, `events` of ToldEvent."""

    block: Block
    posts: list = field(default_factory=list)
    events: list = field(default_factory=list)

    @property
    def kind(self):
        return self.block.kind


@dataclass(frozen=True)
class Composition:
    """`parts` in the order of the newsletter; `left_out` are the blocks that have nothing to show at that instant."""

    parts: list
    left_out: list

    @property
    def says_something(self):
        """Return whether there is anything to read: a button alone leads away and tells nothing."""
        return any(part.kind != Kind.LINK for part in self.parts)

    @property
    def posts(self):
        return [post for part in self.parts for post in part.posts]

    @property
    def events(self):
        return [told for part in self.parts for told in part.events]


def compose(issue, at=None, seen_at=None):
    """Return the Composition of `issue` as it is at `at`, an aware datetime (default: now).

    What the public may not read at `at`, or later at `seen_at`, is left out. No post and no event that a block
    fills in stands twice. Posts from after the publication of `issue` are not filled in: the next one has them.
    """
    at = at or instant.now()
    return _Composer(issue, at, seen_at or at).compose()


class _Composer:
    def __init__(self, issue, at, seen_at):
        self.at, self.seen_at = at, seen_at
        self.filled_at = min(at, issue.published_at or at)
        self.blocks = list(Block.objects.filter(parent=issue).select_related(*_RELATED).order_by("ordering", "pk"))
        self.known_posts = {block.article_id for block in self.blocks if block.kind == Kind.POST}
        self.known_events = {block.event_id for block in self.blocks if block.kind == Kind.EVENT}
        self.picked_events = self._picked_events()

    def compose(self):
        parts, left_out = [], []
        for block in self.blocks:
            part = self._part(block)
            if part is None:
                left_out.append(block)
            else:
                parts.append(part)
        return Composition(parts, left_out)

    def _part(self, block):
        """Return the Part of `block`, None where it has nothing to show."""
        if block.kind == Kind.POST:
            return Part(block, posts=[block.article]) if self._is_public(block.article) else None
        if block.kind == Kind.POSTS:
            posts = self._newest_posts(block)
            return Part(block, posts=posts) if posts else None
        if block.kind == Kind.EVENT:
            told = self.picked_events.get(block.event_id)
            return Part(block, events=[told]) if told else None
        if block.kind == Kind.EVENTS:
            events = self._coming_events(block)
            return Part(block, events=events) if events else None
        shown = {Kind.TEXT: block.text, Kind.PICTURE: block.image, Kind.LINK: block.link_label and block.link_address}
        return Part(block) if shown[block.kind] else None

    def _is_public(self, thing):
        return thing is not None and thing.is_published_at(self.at) and thing.is_published_at(self.seen_at)

    def _newest_posts(self, block):
        posts = Article.objects.published(self.at).published(self.seen_at).filter(published_at__lte=self.filled_at)
        posts = posts.exclude(pk__in=self.known_posts).about(block.topic).select_related("image")
        if block.since is not None:
            posts = posts.filter(published_at__gt=block.since)
        found = list(posts.newest_first()[: block.count])
        self.known_posts |= {post.pk for post in found}
        return found

    def _picked_events(self):
        """Return {key: ToldEvent} of those that editors picked and that are not over: each with its next date.

        That is the next one that takes place; where none does, the next one, which is then said to be cancelled.
        """
        picked = {block.event_id: block.event for block in self.blocks if block.kind == Kind.EVENT and block.event_id}
        if not picked:
            return {}
        events = Event.objects.filter(pk__in=picked)
        dates = {each.event_id: each for each in EventDate.objects.next_of_each(events, self.at).with_event()}
        held = EventDate.objects.taking_place().next_of_each(events, self.at).with_event()
        dates |= {each.event_id: each for each in held}
        return {
            key: ToldEvent(event, dates.get(key))
            for key, event in picked.items()
            if self._is_public(event) and (key in dates or event.timing not in Event.DATED)
        }

    def _coming_events(self, block):
        events = Event.objects.published(self.at).published(self.seen_at).exclude(pk__in=self.known_events)
        if block.event_topic_id:
            events = events.filter(topics=block.event_topic_id)
        until = self.at + timedelta(days=block.days)
        dates = EventDate.objects.taking_place().next_of_each(events, self.at, until).with_event()
        found = [ToldEvent(each.event, each) for each in dates[: block.count]]
        self.known_events |= {told.event.pk for told in found}
        return found


def list_names(issue):
    """Return the names of the mailing lists of `issue`, in their order."""
    return [mailing_list.name for mailing_list in issue.lists.all()] if issue.pk else []


def postal_address():
    """Return the hospital's name and where it is, in one line."""
    return ", ".join(part for part in (settings.SITE_NAME, settings.HOSPITAL_ADDRESS) if part)

"""What stands in a newsletter at an instant."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import DateStatus, Event
from events.models import Topic as EventTopic
from newsletter.composition import compose
from newsletter.models import EventBlock, EventsBlock, PostBlock, PostsBlock, TextBlock
from tests.factories import create_article, create_event, create_issue, create_topic

pytestmark = pytest.mark.django_db


def posts_of(issue, at=None, seen_at=None):
    return [post.headline for post in compose(issue, at, seen_at).posts]


def events_of(issue, at=None):
    return [told.event.title for told in compose(issue, at).events]


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_newest_posts_of_a_topic_stand_there_without_those_that_were_picked():
    health = create_topic()
    now = timezone.now()
    for hours, headline in enumerate(["First", "Second", "Third", "Fourth"], start=1):
        create_article(headline=headline, topics=[health], published_at=now - timedelta(hours=10 - hours))
    create_article(headline="Another topic", published_at=now - timedelta(minutes=1))
    picked = create_article(headline="Picked", topics=[health], published_at=now - timedelta(minutes=2))
    issue = create_issue(
        published_at=now,
        blocks=[
            PostsBlock(heading="Health", topic=health, count=2),
            PostsBlock(heading="More", topic=health, count=1),
            PostBlock(article=picked),
        ],
    )

    assert posts_of(issue) == ["Fourth", "Third", "Second", "Picked"]


def test_what_is_not_public_at_that_instant_is_left_out():
    now = timezone.now()
    issue = create_issue(
        published_at=None,
        blocks=[
            PostBlock(article=create_article(headline="Draft", published_at=None)),
            PostBlock(article=create_article(headline="Tomorrow", published_at=now + timedelta(days=1))),
            PostBlock(article=create_article(headline="Over", expires_at=now - timedelta(days=1))),
            PostBlock(article=create_article(headline="Live")),
        ],
    )

    assert posts_of(issue) == ["Live"]
    assert posts_of(issue, at=now + timedelta(days=2)) == ["Tomorrow", "Live"]
    assert [block.article.headline for block in compose(issue).left_out] == ["Draft", "Tomorrow", "Over"]


def test_made_up_posts_are_left_out_where_the_demonstration_is_off(settings):
    settings.DEMONSTRATION = False
    made_up = create_article(headline="Made up", demonstration=True)
    issue = create_issue(blocks=[PostBlock(article=made_up), PostsBlock(heading="News")])

    assert posts_of(issue) == []


def test_a_newsletter_of_the_past_shows_what_was_sent_and_nothing_newer():
    now = timezone.now()
    sent_at = now - timedelta(days=30)
    create_article(headline="Then", published_at=sent_at - timedelta(days=1))
    create_article(headline="Gone since", published_at=sent_at - timedelta(days=1), expires_at=now - timedelta(days=1))
    create_article(headline="Since then", published_at=sent_at + timedelta(days=1))
    issue = create_issue(published_at=sent_at, blocks=[PostsBlock(heading="News")])

    assert posts_of(issue, at=sent_at, seen_at=now) == ["Then"]
    assert posts_of(issue, at=now) == ["Then"]


def test_posts_since_an_instant_are_only_newer_ones():
    now = timezone.now()
    create_article(headline="At that instant", published_at=now - timedelta(days=7))
    create_article(headline="After it", published_at=now - timedelta(days=6))
    issue = create_issue(published_at=now, blocks=[PostsBlock(heading="News", since=now - timedelta(days=7))])

    assert posts_of(issue) == ["After it"]


def test_coming_events_are_those_of_the_next_days_each_with_its_next_date():
    hearts = EventTopic.objects.create(name="Hearts", slug="hearts")
    create_event(title="Weekly", first_day=in_days(2), rule="FREQ=WEEKLY;COUNT=4", topics=[hearts])
    create_event(title="Tomorrow", first_day=in_days(1), topics=[hearts])
    create_event(title="In three weeks", first_day=in_days(21), topics=[hearts])
    create_event(title="Over", first_day=in_days(-2), topics=[hearts])
    create_event(title="Other topic", first_day=in_days(1))
    draft = create_event(title="Draft", first_day=in_days(1), topics=[hearts], published_at=None)
    cancelled = create_event(title="Cancelled", first_day=in_days(1), topics=[hearts])
    cancelled.dates.update(status=DateStatus.CANCELLED)
    issue = create_issue(blocks=[EventsBlock(heading="Hearts", event_topic=hearts, days=14)])

    assert events_of(issue) == ["Tomorrow", "Weekly"]
    assert draft.dates.count() == 1


def test_an_event_that_was_picked_says_that_it_is_cancelled_and_stands_only_once():
    cancelled = create_event(title="Class", first_day=in_days(3))
    cancelled.dates.update(status=DateStatus.CANCELLED, status_note="The teacher is ill.")
    issue = create_issue(blocks=[EventBlock(event=cancelled), EventsBlock(heading="Events")])

    (told,) = compose(issue).events

    assert (told.takes_place, told.status, told.note) == (False, "Cancelled", "The teacher is ill.")


def test_a_series_that_was_picked_shows_the_next_date_that_takes_place():
    event = create_event(title="Group", first_day=in_days(1), rule="FREQ=WEEKLY;COUNT=3")
    event.dates.filter(day=in_days(1)).update(status=DateStatus.CANCELLED)
    issue = create_issue(blocks=[EventBlock(event=event)])

    (told,) = compose(issue).events

    assert (told.date.day, told.status) == (in_days(8), "")


@pytest.mark.parametrize(
    ("timing", "when"),
    [(Event.Timing.ANY_TIME, "Any time, at your own pace"), (Event.Timing.TO_BE_ANNOUNCED, "Day to be announced")],
)
def test_an_event_without_a_day_says_so(timing, when):
    issue = create_issue(blocks=[EventBlock(event=create_event(timing=timing))])

    (told,) = compose(issue).events

    assert (told.when, told.where, told.status) == (when, "", "")


def test_a_picked_event_that_is_over_is_left_out():
    issue = create_issue(blocks=[EventBlock(event=create_event(first_day=in_days(-1)))])

    assert events_of(issue) == []


def test_a_block_whose_post_was_deleted_is_gone_and_the_others_stay():
    article = create_article()
    issue = create_issue(blocks=[TextBlock(text="<p>Hello.</p>"), PostBlock(article=article)])
    article.delete()

    assert [part.kind for part in compose(issue).parts] == ["text"]

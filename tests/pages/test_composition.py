from datetime import UTC, date, datetime, time, timedelta

import pytest

from pages.composition import compose
from pages.models import Block
from tests.factories import (
    create_article,
    create_block,
    create_department,
    create_event,
    create_image,
    create_page,
    create_promotion,
    create_reading,
    create_topic,
    create_video,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
Kind, Section = Block.Kind, Block.Section


def groups_of(page):
    """Return the groups of `page` as (kind, how many blocks)."""
    return [(group.kind, len(group.blocks)) for group in compose(page, at=NOON).groups]


def test_a_page_without_blocks_is_empty():
    composition = compose(create_page(), at=NOON)

    assert (composition.groups, composition.waits) == ([], None)


def test_some_kinds_stand_side_by_side_where_they_follow_one_another():
    page = create_page()
    video = create_video()
    for kind, fields in [
        (Kind.FIGURE, {"value": "1", "label": "a"}),
        (Kind.FIGURE, {"value": "2", "label": "b"}),
        (Kind.TEXT, {"text": "<p>a</p>"}),
        (Kind.TEXT, {"text": "<p>b</p>"}),
        (Kind.FIGURE, {"value": "3", "label": "c"}),
        (Kind.STORY, {"heading": "a", "text": "<p>a</p>"}),
        (Kind.STORY, {"heading": "b", "text": "<p>b</p>"}),
        (Kind.VIDEO, {"video": video}),
        (Kind.VIDEO, {"video": video}),
        (Kind.CARE_OPTION, {"level": "urgent", "heading": "a", "text": "<p>a</p>"}),
        (Kind.CARE_OPTION, {"level": "emergency", "heading": "a", "text": "<p>a</p>"}),
        (Kind.PICTURE, {"image": create_image()}),
    ]:
        create_block(page=page, kind=kind, **fields)

    assert groups_of(page) == [
        ("figure", 2),
        ("text", 1),
        ("text", 1),
        ("figure", 1),
        ("story", 2),
        ("video", 2),
        ("care_option", 2),
        ("picture", 1),
    ]


def test_blocks_stand_in_the_editors_order():
    page, other = create_page(), create_page()
    last = create_block(page=page, kind=Kind.TEXT, text="<p>last</p>", ordering=30)
    first = create_block(page=page, kind=Kind.TEXT, text="<p>first</p>", ordering=10)
    create_block(page=other, kind=Kind.TEXT, text="<p>other</p>", ordering=20)

    assert [group.block.pk for group in compose(page, at=NOON).groups] == [first.pk, last.pk]


@pytest.mark.parametrize(
    "dates",
    [
        {"published_at": None},
        {"published_at": NOON + timedelta(seconds=1)},
        {"expires_at": NOON},
    ],
    ids=["draft", "scheduled", "expired"],
)
def test_a_promotion_or_film_that_is_not_live_is_left_out(dates):
    page = create_page()
    create_block(page=page, kind=Kind.PROMOTION, promotion=create_promotion(**dates))
    create_block(page=page, kind=Kind.VIDEO, video=create_video(**dates))
    create_block(page=page, kind=Kind.VIDEO, video=create_video())

    assert groups_of(page) == [("video", 1)]


def test_a_story_is_told_without_a_film_that_is_not_live():
    page = create_page()
    create_block(page=page, kind=Kind.STORY, heading="a", text="<p>a</p>", video=create_video(published_at=None))
    live = create_video()
    create_block(page=page, kind=Kind.STORY, heading="b", text="<p>b</p>", video=live)

    [group] = compose(page, at=NOON).groups

    assert [block.video for block in group.blocks] == [None, live]


def test_made_up_films_are_left_out_where_the_demonstration_is_off(settings):
    page = create_page()
    create_block(page=page, kind=Kind.VIDEO, video=create_video(demonstration=True))
    settings.DEMONSTRATION = False

    assert groups_of(page) == []


def test_the_news_block_has_the_newest_posts_of_its_topic():
    page, topic = create_page(), create_topic()
    articles = [create_article(topics=[topic], published_at=NOON - timedelta(days=day)) for day in range(4)]
    other = create_article(published_at=NOON)
    create_article(topics=[topic], published_at=NOON + timedelta(seconds=1))
    create_block(page=page, kind=Kind.NEWS, heading="Of the topic", topic=topic, count=3)
    create_block(page=page, kind=Kind.NEWS, heading="All", count=2)

    of_topic, newest = compose(page, at=NOON).groups

    assert of_topic.content == articles[:3]
    assert newest.content == [other, articles[0]]


def test_the_events_block_has_the_next_events():
    page = create_page()
    create_event(first_day=date(2026, 3, 1))
    coming = [create_event(first_day=date(2026, 3, day)) for day in (5, 3, 4)]
    create_block(page=page, kind=Kind.EVENTS, heading="Events", count=2)

    [group] = compose(page, at=NOON).groups

    assert [shown.event for shown in group.content] == [coming[1], coming[2]]


def test_the_events_block_has_a_series_once_and_says_what_is_cancelled():
    page = create_page()
    monday = {"first_day": date(2026, 2, 2), "start_time": time(15), "end_time": None}
    series = create_event(title="Yoga", rule="FREQ=WEEKLY;BYDAY=MO", **monday)
    series.dates.filter(day=date(2026, 3, 2)).update(status="cancelled")
    create_block(page=page, kind=Kind.EVENTS, heading="Events", count=2)

    [group] = compose(page, at=NOON).groups

    assert [(shown.date.day, shown.status, shown.next_told) for shown in group.content] == [
        (date(2026, 3, 2), "Cancelled", "March 9, 2026, 3:00 PM")
    ]


def test_news_and_events_without_anything_to_show_are_left_out():
    page = create_page()
    create_block(page=page, kind=Kind.NEWS, heading="News")
    create_block(page=page, kind=Kind.EVENTS, heading="Events")

    assert groups_of(page) == []


def test_waits_are_asked_for_once_and_only_where_they_are_shown(django_assert_num_queries):
    create_reading(department=create_department(), observed_at=NOON)
    page, without = create_page(), create_page()
    for section in (Section.ER_WAITS, Section.ON_MY_WAY, Section.EMERGENCY_ROOMS, Section.SERVICES):
        create_block(page=page, kind=Kind.SECTION, section=section, heading="a")
    create_block(page=without, kind=Kind.SECTION, section=Section.PEOPLE, heading="a")

    with django_assert_num_queries(2):  # blocks, departments without a contact
        composition = compose(page, at=NOON)
    assert [wait.minutes for wait in composition.waits] == [25]
    assert [group.content for group in composition.groups] == [composition.waits] * 3 + [None]

    with django_assert_num_queries(1):
        assert compose(without, at=NOON).waits is None


@pytest.mark.parametrize("kind", [Kind.PICTURE, Kind.VIDEO, Kind.DOCUMENT, Kind.PROMOTION])
def test_a_block_whose_thing_was_deleted_for_good_is_left_out(client, kind):
    page = create_page()
    create_block(page=page, kind=Kind.TEXT, text="<p>Before.</p>")
    create_block(page=page, kind=kind)

    assert groups_of(page) == [("text", 1)]
    assert client.get(page.get_absolute_url()).status_code == 200

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers

from directory.models import Location, Person, Service
from ertimes.models import EmergencyDepartment, WaitTimeReading
from events.models import Event
from news.models import Article, CafeMenu, Topic
from newsletter.models import Issue, Mailing, MailingList, TextAlert
from pages.demo.loading import load_demonstration
from pages.models import Block, MenuItem, Page, Promotion, SiteAlert
from publishing.models import Image, Video

from .loaded_at import LOADED_AT

pytestmark = pytest.mark.usefixtures("loaded")


def dump():
    """Return every row of every table."""
    return {model._meta.label: serializers.serialize("json", model._base_manager.order_by("pk")) for model in tables()}


def tables():
    return [model for model in apps.get_models() if not model._meta.proxy]


@pytest.mark.parametrize("put_back", [False, True])
def test_a_second_load_changes_nothing(put_back):
    before = dump()

    report = load_demonstration(now=LOADED_AT + timedelta(hours=1), put_back=put_back)

    assert dump() == before
    assert sum(tally.new for tally in report.tallies) == 0
    assert report.events_moved == 0


@pytest.mark.parametrize(
    ("model", "real", "made_up"),
    [
        (Article, 12, 1),
        (Event, 6, 9),
        (Location, 7, 0),
        (Service, 0, 25),
        (Person, 7, 8),
        (EmergencyDepartment, 3, 0),
        (WaitTimeReading, 0, 843),
        (SiteAlert, 1, 0),
        (Promotion, 2, 0),
        (Video, 0, 3),
        (Page, 5, 1),
        (Issue, 0, 1),
        (TextAlert, 0, 1),
        (CafeMenu, 0, 1),
        (MenuItem, 13, 4),
    ],
)
def test_made_up_things_are_told_from_the_hospitals(model, real, made_up):
    counts = [model.objects.filter(demonstration=demonstration).count() for demonstration in (False, True)]

    assert counts == [real, made_up]


@pytest.mark.parametrize(
    "model", [Article, Event, Location, Service, Person, EmergencyDepartment, SiteAlert, Promotion, Video, Page]
)
def test_everything_but_nameless_contacts_is_public_at_once(model):
    assert model.objects.published(LOADED_AT).count() == model.objects.count()


def test_what_editors_changed_renamed_or_deleted_stays():
    Article.objects.filter(slug="backus-nonprofit-of-the-year").update(headline="By an editor", slug="renamed")
    Service.objects.get(slug="social-work").delete()
    Page.objects.get(path="community").pages_block_set.all().delete()
    before = dump()

    load_demonstration(now=LOADED_AT)

    assert dump() == before


def test_put_back_loads_what_is_missing_and_leaves_the_rest():
    Service.objects.get(slug="social-work").delete()
    Service.objects.filter(slug="maternity").update(summary="By an editor.")

    report = load_demonstration(now=LOADED_AT, put_back=True)

    assert sum(tally.new for tally in report.tallies) == 1
    assert list(Service.objects.get(slug="social-work").contacts.values_list("name", flat=True)) == ["Social Work"]
    assert Service.objects.get(slug="maternity").summary == "By an editor."


def test_home_page_has_its_parts_in_order():
    blocks = Block.objects.filter(parent__path="").values_list("kind", "section", "level")

    assert [" ".join(filter(None, block)) for block in blocks] == [
        "section er_waits",
        "section on_my_way",
        "text",
        "care_option call-911",
        "care_option emergency",
        "care_option urgent",
        "section emergency_rooms",
        "section services",
        "section people",
        "events",
        "news",
        "story",
        "promotion",
        "video",
        "video",
        "section connect",
        "promotion",
    ]


def test_community_page_has_its_parts_in_order():
    blocks = Block.objects.filter(parent__path="community").values_list("kind", flat=True)

    assert list(blocks) == [
        *["figure"] * 2,
        "text",
        *["story"] * 5,
        "news",
        "story",
        "text",
    ]


def test_community_news_are_the_six_posts_of_2024():
    posts = Article.objects.published(LOADED_AT).about(Topic.objects.get(slug="healthier-communities"))

    assert sorted(posts.values_list("published_at__year", flat=True)) == [2024] * 6
    assert Block.objects.get(parent__path="community", kind="news").topic.slug == "healthier-communities"


def test_one_post_is_made_of_blocks():
    article = Article.objects.get(slug="this-website-when-you-are-in-a-hurry")

    assert [block.kind for block in article.news_block_set.all()] == [
        *("facts", "text", "quote", "text"),
        *["related"] * 3,
        *["gallery"] * 3,
        *("video", "picture"),
    ]


def test_menu_of_the_cafe_moves_on_to_the_present_week():
    menu = CafeMenu.objects.get()
    monday = menu.week

    load_demonstration(now=LOADED_AT + timedelta(days=16))

    menu.refresh_from_db()
    assert menu.week == monday + timedelta(days=14)
    assert menu.dishes.count() == 14


def test_newsletter_stands_on_the_site_and_is_mailed_to_nobody():
    assert list(MailingList.objects.values_list("slug", flat=True)) == [
        *("health-news", "events", "community", "site-alerts", "changes")
    ]
    assert [block.kind for block in Issue.objects.get().newsletter_block_set.all()] == [
        *("text", "events", "posts", "text", "link")
    ]
    assert Mailing.objects.count() == 0


def test_posts_are_published_at_nine_in_new_york():
    article = Article.objects.get(slug="backus-nonprofit-of-the-year")

    assert article.published_at.isoformat() == "2021-06-16T13:00:00+00:00"


def test_no_leader_and_no_made_up_provider_has_what_nobody_told():
    leaders = Person.objects.leaders()

    assert [leader.name for leader in leaders][:2] == ["Donna Handley", "Laura Currie"]
    assert {leader.biography for leader in leaders} == {""}
    assert {leader.specialties for leader in leaders} == {""}


def test_departments_define_their_wait_and_show_the_number_of_the_source():
    departments = EmergencyDepartment.objects.prefetch_related("contact__numbers")
    numbers = [[n.displayed for n in d.contact.numbers.all()] if d.contact else [] for d in departments]

    assert numbers == [["860.823.6389"], ["860.823.6389"], []]
    assert set(departments.values_list("window_minutes", "statistic")) == {(60, "mean")}


def test_pictures_have_alternative_texts_and_a_credit():
    assert Image.objects.count() == 12
    assert not Image.objects.filter(alternative_text="").exists()
    assert not Image.objects.filter(credit="").exists()

"""Where a thing is used, what an editor is told of it, and why it cannot be deleted then."""

import pytest
from zeal import zeal_ignore

from news.models import Article, Topic
from pages.models import Block, MenuItem, Page
from publishing import drafting, history
from publishing.models import Document, Image
from publishing.snapshots import rolled_back, take
from publishing.usage import MOST, Use, uses_of
from tests.factories import (
    create_alert,
    create_article,
    create_block,
    create_contact,
    create_department,
    create_document,
    create_editor,
    create_event,
    create_image,
    create_location,
    create_menu_item,
    create_page,
    create_person,
    create_promotion,
    create_service,
    create_superuser,
    create_topic,
    create_video,
)

pytestmark = pytest.mark.django_db


def link(path):
    return f'<p>Read <a href="{path}">more</a>.</p>'


def test_an_unused_thing_has_no_uses():
    assert uses_of(create_image()) == []
    assert uses_of(create_contact()) == []


def test_a_picture_is_used_by_whatever_shows_it_and_a_block_counts_as_its_page():
    image = create_image()
    page = create_page(image=image)
    create_block(page=page, kind=Block.Kind.PICTURE, image=image)
    create_block(page=page, kind=Block.Kind.PICTURE, image=image)
    create_block(page=page, kind=Block.Kind.STORY, heading="a", text="<p>a</p>", image=image)
    article, event, person = create_article(image=image), create_event(image=image), create_person(image=image)
    video, promotion = create_video(poster=image), create_promotion(image=image)
    create_article(image=create_image())

    assert set(uses_of(image)) == {
        Use(page, "picture"),
        Use(article, "picture"),
        Use(event, "picture"),
        Use(person, "portrait"),
        Use(video, "still picture"),
        Use(promotion, "picture"),
    }


def test_a_relation_that_would_only_be_emptied_is_a_use_too():
    topic, contact, location = create_topic(), create_contact(), create_location()
    article = create_article(topics=[topic])
    location.contacts.add(contact)
    event = create_event(location=location, contact=contact)
    department = create_department(location=location, contact=contact)

    assert uses_of(topic) == [Use(article, "topics")]
    assert set(uses_of(contact)) == {Use(location, "contacts"), Use(event, "contact"), Use(department, "contact")}
    assert {use.thing for use in uses_of(location)} == {event, department}


def test_a_department_s_readings_and_a_contact_s_numbers_are_its_own():
    assert uses_of(create_contact(number="860-889-8331")) == []


@pytest.mark.parametrize(
    "address",
    [
        "/services/surgery/",
        "/services/surgery",
        "/services/surgery/#before",
        "/services/surgery?a=1",
        "/es/services/surgery/",
        "http://127.0.0.1:8000/services/surgery/",
    ],
)
def test_a_link_is_a_use_however_it_is_written(address, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    service = create_service(slug="surgery")
    in_text = create_article(body=link(address))
    item = create_menu_item(address=address)
    alert = create_alert(link_label="More", link_address=address)

    found = set(uses_of(service))

    if address.startswith("http"):  # on a hospital's own name; here nobody else can reach it
        assert found == set()
    else:
        assert found == {Use(in_text, "text"), Use(item, "address"), Use(alert, "link address")}


def test_the_site_s_own_name_in_front_of_a_link_makes_no_difference(settings):
    settings.SITE_URL = "https://www.example.org"
    service = create_service(slug="surgery")
    article = create_article(body=link("https://www.example.org/services/surgery/"))
    create_article(body=link("https://example.com/services/surgery/"))

    assert uses_of(service) == [Use(article, "text")]


@pytest.mark.parametrize(
    "body",
    [
        link("/services/surgery-center/"),
        link("/services/surgery/before/"),
        link("/community/services/surgery/"),
        "<p>Write /services/surgery/ into the field.</p>",
        '<p>/services/surgery/"</p>',
    ],
)
def test_what_only_looks_alike_is_no_use(body):
    service = create_service(slug="surgery")
    create_article(body=body)

    assert uses_of(service) == []


def test_a_block_s_link_counts_as_its_page_and_a_page_does_not_use_itself():
    page, other = create_page(path="community"), create_page()
    for owner in (page, other):
        create_block(page=owner, kind=Block.Kind.TEXT, text=link("/community/"))

    assert uses_of(page) == [Use(other, "text")]


def test_the_home_page_is_linked_by_its_address_alone():
    home = create_page(path="")
    article = create_article(body=link("/"))
    create_article(body=link("/news/"))
    item = create_menu_item(address="/")
    create_menu_item(address="/contact/")

    assert set(uses_of(home)) == {Use(article, "text"), Use(item, "address")}


def test_a_document_is_found_under_every_title_that_it_had():
    document, other = create_document(title="New title"), create_document()
    page = create_page()
    create_block(page=page, kind=Block.Kind.DOCUMENT, document=document)
    article = create_article(body=link(f"/documents/{document.pk}/old-title/"))
    create_article(body=link(f"/documents/{document.pk}7/old-title/"))

    assert uses_of(document) == [Use(page, "document"), Use(article, "text")]
    assert uses_of(other) == []


def test_a_linked_picture_file_is_used():
    image = create_image()
    article = create_article(body=link(image.file.url))

    assert uses_of(image) == [Use(article, "text")]


def draft_of(thing, **values):
    """Keep a draft of `thing`, which is live, in which its fields have `values`."""
    base = history.begin(thing)
    with rolled_back():
        for name, value in values.items():
            setattr(thing, name, value)
        thing.save()
        content = take(type(thing).objects.get(pk=thing.pk))
    thing.refresh_from_db()
    drafting.save(thing, content, base=base, user=create_superuser())


def test_a_draft_beside_a_live_page_counts():
    image, service = create_image(), create_service(slug="surgery")
    article = create_article()
    draft_of(article, image=image, body=link("/services/surgery/"))

    assert uses_of(image) == [Use(article, "picture", in_draft=True)]
    assert uses_of(service) == [Use(article, "text", in_draft=True)]
    assert uses_of(create_image()) == []


def test_a_use_in_both_the_live_page_and_its_draft_is_told_once():
    image = create_image()
    article = create_article(image=image)
    draft_of(article, headline="New words")

    assert uses_of(image) == [Use(article, "picture")]


def test_many_uses_are_cut_off():
    topic = create_topic()
    articles = Article.objects.bulk_create(
        Article(headline=f"a{number}", slug=f"a{number}", body="<p>a</p>") for number in range(MOST + 20)
    )
    Article.topics.through.objects.bulk_create(
        Article.topics.through(article=article, topic=topic) for article in articles
    )

    assert len(uses_of(topic)) == MOST


@pytest.mark.parametrize("rows", [1, 3])
def test_the_question_costs_as_many_queries_whatever_it_finds(rows, django_assert_num_queries):
    image, service = create_image(), create_service(slug="surgery")
    for _ in range(rows):
        page = create_page(image=image)
        create_block(page=page, kind=Block.Kind.TEXT, text=link("/services/surgery/"))
        create_article(image=image, body=link("/services/surgery/"))

    with django_assert_num_queries(1 + 2 + 1 + 1):  # what points, the pages and posts, what links, the drafts
        assert len(uses_of(image)) == 2 * rows
    with django_assert_num_queries(1 + 2 + 1 + 1):
        assert len(uses_of(service)) == 2 * rows


# On the screens


def may(*names):
    return [f"{act}_{name}" for name in names for act in ("view", "change", "delete")]


def test_the_change_screen_names_the_uses_with_the_way_to_them(client):
    client.force_login(create_superuser())
    image = create_image()
    article = create_article(headline="Clinic <opens>", image=image)

    content = client.get(f"/admin/publishing/image/{image.pk}/change/").content.decode()

    assert "Used in 1 place" in content
    assert f'<a href="/admin/news/article/{article.pk}/change/">Clinic &lt;opens&gt;</a>' in content
    assert "<opens>" not in content


@pytest.mark.parametrize(
    ("create", "address"),
    [
        (create_image, "publishing/image"),
        (create_document, "publishing/document"),
        (create_video, "publishing/video"),
        (create_contact, "directory/contact"),
        (create_location, "directory/location"),
        (create_person, "directory/person"),
        (create_service, "directory/service"),
        (create_page, "pages/page"),
        (create_promotion, "pages/promotion"),
        (create_topic, "news/topic"),
        (create_article, "news/article"),
        (create_event, "events/event"),
        (create_department, "ertimes/emergencydepartment"),
    ],
)
def test_every_change_screen_says_so_where_a_thing_is_used_nowhere(client, create, address):
    client.force_login(create_superuser())

    response = client.get(f"/admin/{address}/{create().pk}/change/")

    assert response.status_code == 200
    assert "Used nowhere" in response.content.decode()


def test_what_an_editor_may_not_see_is_counted_but_not_named(client):
    client.force_login(create_editor(permissions=may("image", "article")))
    image = create_image()
    create_article(headline="Seen", image=image)
    create_event(title="Secret event", image=image)

    content = client.get(f"/admin/publishing/image/{image.pk}/change/").content.decode()

    assert "Used in 2 places" in content
    assert ">Seen</a>" in content
    assert "1 more that you may not see" in content
    assert "Secret event" not in content


def test_what_is_used_is_not_deleted_and_the_places_are_named(client):
    client.force_login(create_superuser())
    image = create_image()
    article = create_article(headline="Clinic opens", image=image)
    address = f"/admin/publishing/image/{image.pk}/delete/"

    for response in (client.get(address), client.post(address, {"post": "yes"})):
        content = response.content.decode()
        assert "It cannot be deleted while it is used" in content
        assert f'<a href="/admin/news/article/{article.pk}/change/">Clinic opens</a>' in content
        assert 'name="post"' not in content
    assert Image.objects.get() == image


def test_a_thing_that_a_text_links_to_is_not_deleted(client):
    client.force_login(create_superuser())
    page = create_page(path="community")
    create_menu_item(label="Community", address="/community/")

    response = client.post(f"/admin/pages/page/{page.pk}/delete/", {"post": "yes"})

    assert "Used in 1 place" in response.content.decode()
    assert Page.objects.get() == page
    MenuItem.objects.all().delete()
    client.post(f"/admin/pages/page/{page.pk}/delete/", {"post": "yes"})
    assert Page.objects.count() == 0


def test_of_several_chosen_things_none_is_deleted_while_one_is_used(client):
    client.force_login(create_superuser())
    used, free = create_topic(name="Used"), create_topic(name="Free")
    create_article(headline="Clinic opens", topics=[used])

    def delete(*topics):
        data = {"action": "delete_selected", "_selected_action": [topic.pk for topic in topics], "post": "yes"}
        return client.post("/admin/news/topic/", data)

    content = delete(used, free).content.decode()
    assert "Nothing was deleted: some of these are used" in content
    assert "Clinic opens" in content
    assert Topic.objects.count() == 2
    assert delete(free).status_code == 302
    assert list(Topic.objects.all()) == [used]


def test_things_that_only_use_one_another_are_deleted_together(client):
    client.force_login(create_superuser())
    pages = [create_page(path="one"), create_page(path="two")]
    create_block(page=pages[0], kind=Block.Kind.TEXT, text=link("/two/"))
    create_block(page=pages[1], kind=Block.Kind.TEXT, text=link("/one/"))

    with zeal_ignore():  # each keeps its own last version
        client.post(
            "/admin/pages/page/",
            {"action": "delete_selected", "_selected_action": [page.pk for page in pages], "post": "yes"},
        )

    assert Page.objects.count() == 0


def test_an_editor_without_the_right_is_not_told_what_uses_it(client):
    client.force_login(create_editor(permissions=may("document")))
    document = create_document()
    create_block(page=create_page(title="Secret page"), kind=Block.Kind.DOCUMENT, document=document)

    content = client.post(f"/admin/publishing/document/{document.pk}/delete/", {"post": "yes"}).content.decode()

    assert "1 more that you may not see" in content
    assert "Secret page" not in content
    assert Document.objects.count() == 1

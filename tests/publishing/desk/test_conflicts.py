"""Two people change one thing: nobody's words are lost, and nobody's are overwritten unasked."""

import pytest
from reversion.models import Revision

from news.models import Article
from pages.models import Block
from publishing import drafting
from publishing.models import SetAside
from tests.factories import (
    create_article,
    create_block,
    create_contact,
    create_event,
    create_image,
    create_page,
    create_superuser,
)
from tests.publishing.desk.forms import change_address, fields_of, opened, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    user = create_superuser()
    client.force_login(user)
    return client


@pytest.fixture
def ben(client_of):
    return client_of(create_superuser())


def merge_screen(client, response):
    """Follow a save that met another's to the screen with both versions."""
    assert response.status_code == 302
    assert "/merge/" in response["Location"]
    shown = client.get(response["Location"])
    assert shown.status_code == 200
    return response["Location"], shown


@pytest.mark.parametrize("live", [True, False])
def test_second_to_save_is_shown_both_versions_and_nothing_is_overwritten(anna, ben, live):
    article = create_article(headline="Old", **({} if live else {"published_at": None}))
    anna_sees, ben_sees = opened(anna, article), opened(ben, article)

    save(anna, article, anna_sees, headline="By Anna")
    address, shown = merge_screen(ben, save(ben, article, ben_sees, headline="By Ben"))

    assert opened(anna, article)["headline"] == "By Anna"
    (choice,) = shown.context["choices"]
    assert (choice.base, choice.theirs, choice.mine) == ("Old", "By Anna", "By Ben")
    ben.post(address, {"head": shown.context["head"].pk, choice.name: "mine"})
    assert opened(anna, article)["headline"] == "By Ben"
    assert not SetAside.objects.exists()


def test_changes_of_different_fields_are_put_together(anna, ben):
    article = create_article(headline="Old", summary="Old")
    anna_sees, ben_sees = opened(anna, article), opened(ben, article)

    save(anna, article, anna_sees, headline="By Anna")
    address, shown = merge_screen(ben, save(ben, article, ben_sees, summary="By Ben"))
    ben.post(address, {"head": shown.context["head"].pk})

    fields = opened(anna, article)
    assert (fields["headline"], fields["summary"]) == ("By Anna", "By Ben")


def test_other_version_stays_where_the_second_gives_way(anna, ben):
    article = create_article(headline="Old")
    anna_sees, ben_sees = opened(anna, article), opened(ben, article)
    save(anna, article, anna_sees, headline="By Anna")
    address, _shown = merge_screen(ben, save(ben, article, ben_sees, headline="By Ben"))

    ben.post(address, {"discard": "1"})

    assert opened(anna, article)["headline"] == "By Anna"
    assert [v.revision.note.deed for v in _versions(article)] == ["set_aside", "draft", "found"]


def test_undecided_choice_is_asked_again_and_stores_nothing(anna, ben):
    article = create_article(headline="Old")
    anna_sees, ben_sees = opened(anna, article), opened(ben, article)
    save(anna, article, anna_sees, headline="By Anna")
    address, shown = merge_screen(ben, save(ben, article, ben_sees, headline="By Ben"))

    response = ben.post(address, {"head": shown.context["head"].pk, shown.context["choices"][0].name: "neither"})

    assert "Choose one of the two everywhere." in response.content.decode()
    assert SetAside.objects.count() == 1


def test_what_was_chosen_stays_chosen_while_the_rest_is_asked_again(anna, ben):
    article = create_article(headline="Old", summary="Old.")
    anna_sees, ben_sees = opened(anna, article), opened(ben, article)
    save(anna, article, anna_sees, headline="By Anna", summary="Anna's.")
    address, shown = merge_screen(ben, save(ben, article, ben_sees, headline="By Ben", summary="Ben's."))
    headline, summary = shown.context["choices"]

    again = ben.post(address, {"head": shown.context["head"].pk, headline.name: "mine"})

    assert [choice.chosen for choice in again.context["choices"]] == ["mine", None]
    assert again.content.decode().count(" checked") == 1
    ben.post(address, {"head": shown.context["head"].pk, headline.name: "mine", summary.name: "theirs"})
    stored = opened(anna, article)
    assert (stored["headline"], stored["summary"]) == ("By Ben", "Anna's.")


def test_block_that_one_removed_and_the_other_changed_is_for_the_author_to_choose(anna, ben):
    parking = create_page(path="parking")
    create_block(page=parking, kind=Block.Kind.TEXT, heading="Where", text="<p>Behind the house.</p>")
    anna_sees, ben_sees = opened(anna, parking), opened(ben, parking)
    save(anna, parking, anna_sees, **{"textblock-0-DELETE": "on"})

    address, shown = merge_screen(ben, save(ben, parking, ben_sees, **{"textblock-0-text": "<p>In front.</p>"}))
    (choice,) = shown.context["choices"]
    ben.post(address, {"head": shown.context["head"].pk, choice.name: "mine"})

    assert opened(anna, parking)["textblock-0-text"] == "<p>In front.</p>"


def test_blocks_that_both_added_are_both_kept(anna, ben):
    parking = create_page(path="parking")
    anna_sees, ben_sees = opened(anna, parking), opened(ben, parking)

    def with_text(text):
        return {
            "textblock-TOTAL_FORMS": "1",
            "textblock-0-id": "",
            "textblock-0-parent": str(parking.pk),
            "textblock-0-text": f"<p>{text}</p>",
            "textblock-0-region": "main",
            "textblock-0-ordering": "10",
        }

    save(anna, parking, anna_sees, **with_text("By Anna"))
    address, shown = merge_screen(ben, save(ben, parking, ben_sees, **with_text("By Ben")))
    ben.post(address, {"head": shown.context["head"].pk})

    fields = opened(anna, parking)
    assert {fields["textblock-0-text"], fields["textblock-1-text"]} == {"<p>By Anna</p>", "<p>By Ben</p>"}


def test_same_change_by_two_is_no_conflict(anna, ben):
    article = create_article(headline="Old")
    anna_sees, ben_sees = opened(anna, article), opened(ben, article)
    save(anna, article, anna_sees, headline="New")

    response = save(ben, article, ben_sees, headline="New")

    assert response["Location"] == change_address(article)
    assert not SetAside.objects.exists()


def test_form_without_its_base_overwrites_nothing(anna, ben):
    article = create_article(headline="Old")
    fields = opened(ben, article)
    save(anna, article, headline="By Anna")

    merge_screen(ben, save(ben, article, {**fields, "_base": "999999999999999999999"}, headline="By Ben"))

    assert opened(anna, article)["headline"] == "By Anna"


def test_saved_once_more_while_choosing_is_told(anna, ben):
    article = create_article(headline="Old")
    ben_sees = opened(ben, article)
    save(anna, article, headline="By Anna")
    address, shown = merge_screen(ben, save(ben, article, ben_sees, headline="By Ben"))
    save(anna, article, headline="By Anna again")

    response = ben.post(address, {"head": shown.context["head"].pk, shown.context["choices"][0].name: "mine"})

    assert "It was saved once more while you chose." in response.content.decode()
    assert opened(anna, article)["headline"] == "By Anna again"


def test_nobody_settles_what_another_has_set_aside(anna, ben):
    article = create_article(headline="Old")
    ben_sees = opened(ben, article)
    save(anna, article, headline="By Anna")
    address, _shown = merge_screen(ben, save(ben, article, ben_sees, headline="By Ben"))

    assert anna.get(address).status_code == 404


def test_open_form_learns_who_saved_and_who_else_is_there(anna, ben):
    article = create_article(headline="Old")
    ben.get(change_address(article, "desk-state"))

    save(anna, article, headline="By Anna")
    state = anna.get(change_address(article, "desk-state")).json()

    assert state["head"] == str(Revision.objects.latest("pk").pk)
    assert len(state["editing"]) == 1
    assert Article.objects.get().headline == "Old"


def test_draft_that_one_throws_away_is_not_brought_back_by_the_other_unasked(anna, ben):
    article = create_article(headline="Old")
    save(anna, article, headline="By Anna")
    ben_sees = opened(ben, article)
    anna.post(change_address(article, "discard"))

    merge_screen(ben, save(ben, article, ben_sees, summary="By Ben"))

    assert opened(anna, article)["headline"] == "Old"


def test_draft_saved_since_the_question_is_not_thrown_away(anna, ben):
    article = create_article(headline="Old")
    save(ben, article, headline="By Ben")
    asked = anna.get(change_address(article, "discard")).context["draft"].revision_id
    save(ben, article, headline="By Ben again")

    anna.post(change_address(article, "discard"), {"seen": asked})

    assert opened(anna, article)["headline"] == "By Ben again"


def test_block_of_a_draft_that_was_published_meanwhile_is_not_doubled(anna, ben):
    parking = create_page(path="parking")
    added = {
        "textblock-TOTAL_FORMS": "1",
        "textblock-0-id": "",
        "textblock-0-parent": str(parking.pk),
        "textblock-0-text": "<p>New.</p>",
        "textblock-0-region": "main",
        "textblock-0-ordering": "10",
    }
    save(anna, parking, **added)
    ben_sees = opened(ben, parking)
    drafting.publish(parking, user=create_superuser())

    address, shown = merge_screen(ben, save(ben, parking, ben_sees, **{"textblock-0-text": "<p>Better.</p>"}))
    ben.post(address, {"head": shown.context["head"].pk})

    fields = opened(anna, parking)
    assert [fields[name] for name in fields if name.endswith("-text")] == ["<p>Better.</p>"]


@pytest.mark.parametrize(("side", "first"), [("theirs", "3"), ("mine", "2")])
def test_blocks_that_both_moved_are_for_the_author_to_order(anna, ben, side, first):
    parking = create_page(path="parking")
    for number in (1, 2, 3):
        create_block(page=parking, kind=Block.Kind.FIGURE, value=str(number), label="places", ordering=number * 10)
    anna_sees, ben_sees = opened(anna, parking), opened(ben, parking)
    save(anna, parking, anna_sees, **{"figureblock-2-ordering": "1"})

    address, shown = merge_screen(ben, save(ben, parking, ben_sees, **{"figureblock-1-ordering": "1"}))
    (choice,) = shown.context["choices"]
    ben.post(address, {"head": shown.context["head"].pk, choice.name: side})

    assert first_figure(opened(anna, parking)) == first


def test_blocks_that_only_the_second_moved_stay_moved(anna, ben):
    parking = create_page(path="parking", title="Old")
    for number in (1, 2):
        create_block(page=parking, kind=Block.Kind.FIGURE, value=str(number), label="places", ordering=number * 10)
    anna_sees, ben_sees = opened(anna, parking), opened(ben, parking)
    save(anna, parking, anna_sees, title="By Anna")

    address, shown = merge_screen(ben, save(ben, parking, ben_sees, **{"figureblock-1-ordering": "1"}))
    ben.post(address, {"head": shown.context["head"].pk})

    fields = opened(anna, parking)
    assert (fields["title"], first_figure(fields)) == ("By Anna", "2")


def test_owner_and_review_that_another_has_set_meanwhile_stay(anna, ben):
    owner = create_superuser()
    article = create_article(headline="Old")
    ben_sees = opened(ben, article)
    save(anna, article, owner=str(owner.pk), review_on="2027-01-15")

    save(ben, article, ben_sees, summary="By Ben", review_on="2028-02-02")

    article.refresh_from_db()
    assert (article.owner, str(article.review_on)) == (owner, "2028-02-02")


def test_day_and_hour_of_an_event_that_two_have_changed_make_one_instant(anna, ben):
    event = create_event()
    anna_sees, ben_sees = opened(anna, event), opened(ben, event)
    save(anna, event, anna_sees, first_day="2031-05-06")

    address, shown = merge_screen(ben, save(ben, event, ben_sees, start_time="07:30"))
    assert shown.context["choices"] == []
    ben.post(address, {"head": shown.context["head"].pk})
    drafting.publish(event, user=create_superuser())

    event.refresh_from_db()
    assert event.starts_at.isoformat() == "2031-05-06T11:30:00+00:00"


def test_form_of_what_was_deleted_meanwhile_tells_how_to_get_it_back(anna, ben):
    article = create_article(headline="Old")
    ben_sees = opened(ben, article)
    anna.post(change_address(article, "delete"), {"post": "yes"})

    response = save(ben, article, ben_sees, headline="By Ben")

    assert response["Location"] == "/admin/news/article/recover/"
    assert "desk_saved" not in response.cookies
    assert "your browser has kept what you typed" in ben.get(response["Location"]).content.decode()


def first_figure(fields):
    """Return the value of the figure that stands first by the `fields` of a form."""
    numbers = range(int(fields["figureblock-TOTAL_FORMS"]))
    orders = {fields[f"figureblock-{n}-value"]: int(fields[f"figureblock-{n}-ordering"]) for n in numbers}
    return min(orders, key=orders.get)


def _versions(article):
    from publishing.history import revisions_of

    return list(revisions_of(Article, article.pk))


def test_second_to_save_a_picture_is_told_who_was_first_and_decides(anna, ben):
    image = create_image(alternative_text="The lobby.")
    ben_sees = {"title": image.title, "file_ppoi": "0.5x0.5", "_base": _base_of(ben, image)}
    anna_sees = {**ben_sees, "_base": _base_of(anna, image)}
    assert save(anna, image, {**anna_sees, "alternative_text": "By Anna"}).status_code == 302

    told = save(ben, image, {**ben_sees, "alternative_text": "By Ben"})

    page = told.content.decode()
    assert told.status_code == 200
    assert "after you had opened it. Nothing of yours is stored yet" in page
    assert 'value="By Ben"' in page
    image.refresh_from_db()
    assert image.alternative_text == "By Anna"
    save(ben, image, {**ben_sees, "_base": fields_of(told)["_base"], "alternative_text": "By Ben"})
    image.refresh_from_db()
    assert image.alternative_text == "By Ben"


def _base_of(client, thing):
    return opened(client, thing)["_base"]


def test_contact_that_both_changed_is_asked_for_too(anna, ben):
    numbers = [create_contact(name=name, number="860-889-8331") for name in ("Old desk", "By Anna", "By Ben")]
    event = create_event(contact=numbers[0])
    anna_sees, ben_sees = opened(anna, event), opened(ben, event)
    save(anna, event, anna_sees, contact=str(numbers[1].pk))

    address, shown = merge_screen(ben, save(ben, event, ben_sees, contact=str(numbers[2].pk)))

    (choice,) = shown.context["choices"]
    assert (choice.base, choice.theirs, choice.mine) == ("Old desk", "By Anna", "By Ben")
    ben.post(address, {"head": shown.context["head"].pk, choice.name: "theirs"})
    assert opened(anna, event)["contact"] == str(numbers[1].pk)

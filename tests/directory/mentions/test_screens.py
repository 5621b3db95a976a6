"""What the directory's keeper sees of the numbers in texts, and decides."""

import pytest

from directory.models import NumberMention
from publishing.dashboard import panels_for
from tests.directory.mentions.changing import save, told, with_number
from tests.factories import create_article, create_contact, create_editor
from tests.publishing.desk.forms import change_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worker")]

LIST = "/admin/directory/numbermention/"
KEEPER = ["view_numbermention", "change_numbermention", "view_contact", "add_contact", "change_contact"]


@pytest.fixture
def keeper(client):
    user = create_editor(permissions=[*KEEPER, "publish_contact", "add_contactnumber", "change_contactnumber"])
    client.force_login(user)
    return user


@pytest.fixture
def two(committed):
    with committed():
        human = create_contact(name="Human Resources", number="860-823-6314")
        return human, create_contact(name="Privacy Officer", number="860-823-6314")


def decide(client, mention, **fields):
    page = client.get(f"{LIST}{mention.pk}/change/")
    return client.post(f"{LIST}{mention.pk}/change/", {"seen": page.context["seen"], **fields})


def test_the_list_shows_what_is_to_decide(client, keeper, committed, two):
    with committed():
        create_article(headline="Known", body="<p>Human Resources: 860-823-6314</p>")
        create_article(headline="Unclear", body="<p>Call 860-823-6314</p>")
        create_article(headline="Unknown", body="<p>Call &lt;b&gt; 800-273-8255</p>")

    page = client.get(LIST).content.decode()
    everything = client.get(f"{LIST}?state=all").content.decode()

    assert [word in page for word in ("Known<", "Unclear", "Unknown")] == [False, True, True]
    assert "Call &lt;b&gt; 800-273-8255" in page
    assert "It is the number of Human Resources." in everything


def test_an_editor_chooses_whose_it_is_for_all_texts(client, keeper, committed, two):
    with committed():
        for _number in range(3):
            create_article(body="<p>Call 860-823-6314</p>", headline="Unclear")
    mention = NumberMention.objects.first()

    with committed():
        response = decide(client, mention, choice=f"number-{two[1].numbers.get().pk}", everywhere="on")

    assert (response.status_code, response["Location"]) == (302, LIST)
    assert told() == [("860-823-6314", "matched", "Privacy Officer")] * 3
    assert set(NumberMention.objects.values_list("decision", "decided_by")) == {("chosen", keeper.pk)}


def test_a_number_stays_as_it_is_for_a_reason_only(client, keeper, committed):
    with committed():
        article = create_article(body="<p>Account 800-273-8255</p>")
    mention = NumberMention.objects.get()

    refused = decide(client, mention, choice="leave", reason=" ")
    accepted = decide(client, mention, choice="leave", reason="An account number")

    assert refused.context["form"].errors == {"reason": ["Say why, for those who meet it after you."]}
    assert accepted.status_code == 302
    mention.refresh_from_db()
    assert (mention.decision, mention.reason) == ("left", "An account number")
    article.body = "<p>Account 800-273-8255</p><p>More</p>"
    with committed():
        article.save()
    assert NumberMention.objects.get().decision == "left"
    assert "800-273-8255" not in client.get(LIST).content.decode()

    decide(client, NumberMention.objects.get(), choice="words")
    assert told() == [("800-273-8255", "unknown", None)]


def test_what_was_its_number_is_written_anew_at_a_word(client, keeper, committed):
    with committed():
        contact = create_contact(name="Wound Care", number="860-425-3800")
    number = contact.numbers.get()
    number.number = "860-425-9999"
    with committed():
        number.save()
    with committed():
        article = create_article(body="<p>Call (860) 425-3800</p>")
    mention = NumberMention.objects.get()
    page = client.get(f"{LIST}{mention.pk}/change/").content.decode()

    with committed():
        decide(client, mention, choice=f"number-{number.pk}")

    article.refresh_from_db()
    assert "Wound Care, whose number it was: write 860.425.9999 in its place" in page
    assert article.body == "<p>Call (860) 425-9999</p>"


def test_an_old_tab_decides_nothing(client, keeper, committed, two):
    with committed():
        create_article(headline="Unclear", body="<p>Call 860-823-6314</p>")
    mention = NumberMention.objects.get()
    stale = client.get(f"{LIST}{mention.pk}/change/").context["seen"]
    decide(client, mention, choice="leave", reason="Ours")

    choice = f"number-{two[0].numbers.get().pk}"
    response = client.post(f"{LIST}{mention.pk}/change/", {"seen": stale, "choice": choice})

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "Somebody has decided or changed the text meanwhile. Look at it again."
    ]
    assert client.get(f"{LIST}999999/change/")["Location"] == LIST
    assert client.get(f"{LIST}x/change/")["Location"] == LIST


@pytest.mark.parametrize("choice", ["", "number-", "number-999999", "number-x", "\x00", "leave'--"])
def test_a_hostile_choice_is_refused_with_a_sentence(client, keeper, committed, choice):
    with committed():
        create_article(body="<p>Account 800-273-8255</p>")

    response = decide(client, NumberMention.objects.get(), choice=choice, reason="x")

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["choice"]


def test_who_may_only_look_decides_nothing(client, committed):
    with committed():
        create_article(body="<p>Account 800-273-8255</p>")
    client.force_login(create_editor(permissions=["view_numbermention"]))
    address = f"{LIST}{NumberMention.objects.get().pk}/change/"

    assert client.get(LIST).status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(address, {"choice": "leave", "reason": "x"}).status_code == 403


def test_the_words_of_an_unpublished_text_are_kept_from_who_may_not_read_it(client, keeper, committed):
    with committed():
        create_article(headline="Secret merger", body="<p>Soon: 800-273-8255</p>", published_at=None)

    page = client.get(LIST).content.decode()

    assert [word in page for word in ("Secret", "Soon", "News post that you may not see yet")] == [False, False, True]


def test_an_unknown_number_goes_into_the_form_of_a_new_contact(client, keeper, committed):
    with committed():
        create_article(body="<p>Call 800-273-8255</p>")

    page = client.get(f"{LIST}{NumberMention.objects.get().pk}/change/")
    form = client.get(page.context["add_address"])

    assert page.context["add_address"] == "/admin/directory/contact/add/?number=800.273.8255"
    assert 'name="numbers-0-number" value="800.273.8255"' in form.content.decode()
    assert client.get("/admin/directory/contact/add/?number=%00" + "9" * 500).status_code == 200


def panels(response):
    """Return [(title, [(title of a row, its detail)])] of what else changes."""
    return [
        (panel.title, [(row.title, row.detail) for row in panel.rows]) for panel in response.context["consequences"]
    ]


def test_who_publishes_a_number_sees_what_follows_before_and_afterwards(client, keeper, committed, two):
    human = two[0]
    with committed():
        create_article(headline="Careers", body="<p>Human Resources: 860-823-6314</p>")
        create_article(headline="Unclear", body="<p>Call 860-823-6314</p>")

    form = client.get(change_address(human))
    assert panels(form) == [("Its numbers stand in 1 text of the site", [("News post: Careers", "860-823-6314")])]

    save(human, with_number(human, "860.823.6314", "860-823-7000"))
    before = client.get(change_address(human, "publish"))
    with committed():
        client.post(change_address(human, "publish"), {"when": "now", "seen": before.context["seen"]})
    after = client.get(f"{change_address(human, 'publish')}?done=1")

    stays = "860-823-6314 stays: several contacts share it, and the text does not say which is meant. Choose it."
    assert panels(before) == [
        (
            "1 text of the site has a number that changes: it will follow",
            [("News post: Careers", "860-823-6314 becomes 860.823.7000"), ("News post: Unclear", stays)],
        )
    ]
    assert panels(after) == [
        ("Texts with this number", [("News post: Unclear", stays), ("News post: Careers", "has 860.823.7000 now")])
    ]
    assert NumberMention.objects.count() == 2


def test_the_receipt_tells_what_is_still_to_come(client, keeper, committed, two, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with committed():
        create_article(headline="Careers", body="<p>Human Resources: 860-823-6314</p>")
        save(two[0], with_number(two[0], "860.823.6314", "860-823-7000"))
    page = client.get(change_address(two[0], "publish"))
    with committed():
        client.post(change_address(two[0], "publish"), {"when": "now", "seen": page.context["seen"]})

    after = client.get(f"{change_address(two[0], 'publish')}?done=1")

    assert panels(after) == [
        ("Texts with this number", [("News post: Careers", "860-823-6314 becomes 860.823.7000 in a moment")])
    ]


def test_the_front_page_counts_numbers_to_decide(keeper, committed, two):
    assert rows_of_panel(keeper) == []
    with committed():
        create_article(body="<p>Call 800-273-8255 or 800-273-8255</p>")
        create_article(headline="Unclear", body="<p>Call 860-823-6314</p>")

    assert rows_of_panel(keeper) == [
        "1 number that the directory does not know",
        "1 number that several contacts share",
    ]
    assert rows_of_panel(create_editor(permissions=["view_contact"])) is None


def rows_of_panel(user):
    panels = [panel for panel in panels_for(type(user).objects.get(pk=user.pk)) if panel.title == "Numbers in texts"]
    return [row.title for row in panels[0].rows] if panels else None

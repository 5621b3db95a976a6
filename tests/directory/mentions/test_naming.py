"""Which contact a number in a text means."""

import pytest

from directory.mentions.following import follow
from directory.models import ContactNumber, NumberMention
from news.models import Article
from tests.directory.mentions.changing import publish_number, told
from tests.factories import create_article, create_block, create_contact, create_number, create_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worker")]

SHARED = "860.823.6314"


@pytest.fixture
def two(committed):
    """Two contacts that share a number."""
    with committed():
        human = create_contact(name="Human Resources", also_known_as="HR, jobs", number="860-823-6314")
        return human, create_contact(name="Privacy Officer", also_known_as="HIPAA", number="860-823-6314")


def meant(body, committed, **fields):
    with committed():
        article = create_article(body=body, **fields)
    return [name for _words, _state, name in told(article)]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("<p>Human Resources: 860.823.6314</p>", ["Human Resources"]),
        ("<p>About HIPAA call 860-823-6314.</p>", ["Privacy Officer"]),
        ("<h2>The Privacy  Officer</h2><p>Call 860-823-6314.</p>", ["Privacy Officer"]),
        ("<h2>Jobs</h2><p>Privacy officer: 860-823-6314.</p>", ["Privacy Officer"]),
        ('<p><a href="tel:8608236314">Human resources</a></p>', ["Human Resources"]),
        ("<p>Human Resources and the Privacy Officer: 860-823-6314</p>", [None]),
        ("<p>Call 860-823-6314.</p>", [None]),
        ("<p>Jobsite 860-823-6314.</p>", [None]),
        ("<p>Human Resources</p><p>a</p><p>b</p><p>c</p><p>d</p><p>Call 860-823-6314.</p>", [None]),
    ],
)
def test_who_shares_a_number_is_told_by_the_words_beside_it(two, committed, body, names):
    assert meant(body, committed) == names


def test_the_title_of_the_text_tells_too(two, committed):
    assert meant("<p>Call 860-823-6314.</p>", committed, headline="Jobs at the hospital") == ["Human Resources"]


def test_only_the_number_of_the_one_that_changes_follows(two, committed):
    human, _privacy = two
    with committed():
        article = create_article(body="<p>Jobs: 860-823-6314</p><p>Privacy officer: 860-823-6314</p><p>x</p>")
        unclear = create_article(headline="Unclear", body="<p>Call 860-823-6314</p>")

    with committed():
        publish_number(human, SHARED, "860-823-7000")

    article.refresh_from_db()
    unclear.refresh_from_db()
    assert article.body == "<p>Jobs: 860-823-7000</p><p>Privacy officer: 860-823-6314</p><p>x</p>"
    assert unclear.body == "<p>Call 860-823-6314</p>"
    assert told(unclear) == [("860-823-6314", "undecided", None)]


def test_what_an_editor_chose_later_follows_then(two, committed):
    human, _privacy = two
    with committed():
        article = create_article(headline="Unclear", body="<p>Call 860-823-6314</p>")
        publish_number(human, SHARED, "860-823-7000")

    NumberMention.objects.about(article).update(
        number=human.numbers.get(), decision=NumberMention.Decision.CHOSEN, state=NumberMention.State.MATCHED
    )
    with committed():
        follow(human.numbers.get().pk)

    article.refresh_from_db()
    assert article.body == "<p>Call 860-823-7000</p>"


def test_a_choice_stays_while_the_words_stay(two, committed):
    human, privacy = two
    with committed():
        article = create_article(headline="Unclear", body="<p>Call 860-823-6314</p><p>Old</p>")
    chosen = {"number": privacy.numbers.get(), "decision": NumberMention.Decision.CHOSEN}
    NumberMention.objects.about(article).update(**chosen)

    article = Article.objects.get(pk=article.pk)
    article.body = "<p>Call 860-823-6314 at any hour</p><p>New</p>"
    with committed():
        article.save()
    with committed():
        human.save()

    assert told(article) == [("860-823-6314", "matched", "Privacy Officer")]

    article.body = "<p>Call 860.823.6314</p>"
    with committed():
        article.save()

    assert told(article) == [("860.823.6314", "undecided", None)]


def test_a_text_is_asked_again_when_a_second_contact_gets_the_number(committed):
    with committed():
        create_contact(name="Human Resources", number="860-823-6314")
        article = create_article(body="<p>Privacy officer: 860-823-6314</p>")
    assert told(article) == [("860-823-6314", "matched", "Human Resources")]

    with committed():
        create_contact(name="Privacy Officer", number="860-823-6314")

    assert told(article) == [("860-823-6314", "matched", "Privacy Officer")]


def test_of_a_contact_with_the_number_twice_the_kind_is_meant_that_is_spoken_of(committed):
    with committed():
        contact = create_contact(name="Hospice", number="860-425-3800")
        fax = create_number(contact=contact, number="860-425-3800", kind=ContactNumber.Kind.FAX)
        article = create_article(body="<p>Hospice: 860-425-3800</p><p>Fax: 860-425-3800</p>")

    voice = contact.numbers.get(kind="voice")
    assert list(NumberMention.objects.about(article).order_by("pk").values_list("number", flat=True)) == [
        voice.pk,
        fax.pk,
    ]


def test_a_tty_line_and_a_hospice_share_a_number(committed):
    with committed():
        create_contact(name="Hospice", number="860-425-3800")
        deaf = create_contact(name="For the hard of hearing")
        create_number(contact=deaf, number="860-425-3800", kind=ContactNumber.Kind.TTY)
        article = create_article(body="<p>TTY: 860-425-3800</p><p>Our hospice: 860-425-3800</p>")

    assert [name for _words, _state, name in told(article)] == ["For the hard of hearing", "Hospice"]


@pytest.mark.parametrize(
    ("body", "states"),
    [
        ("<p>860-425-3800</p>", ["general"]),  # the switchboard of a number with extensions
        ("<p>860-889-8331</p>", ["general"]),  # the hospital's main number
        ('<p><a href="tel:911">Call 911</a></p>', ["general"]),
        ("<p>860-425-3800 x2251</p>", ["unknown"]),
        ("<p>800-273-8255</p>", ["unknown"]),
        ("<p>555-3800, 06360</p>", []),
    ],
)
def test_a_number_without_a_contact_of_its_own(body, states, committed):
    with committed():
        create_contact(number="860-425-3800 ext. 2215")
        article = create_article(body=body)

    assert [state for _words, state, _name in told(article)] == states


def test_a_number_that_is_added_to_the_directory_is_known_from_then_on(committed):
    with committed():
        article = create_article(body="<p>800-273-8255</p>")
    assert told(article) == [("800-273-8255", "unknown", None)]

    with committed():
        draft = create_contact(name="Lifeline", number="800-273-8255", published_at=None)
    assert told(article) == [("800-273-8255", "unknown", None)]

    draft.published_at = article.published_at
    with committed():
        draft.save()
    assert told(article) == [("800-273-8255", "matched", "Lifeline")]


def test_blocks_belong_to_their_page_and_go_with_it(committed):
    with committed():
        create_contact(name="Lifeline", number="800-273-8255")
        page = create_page()
        create_block(page=page, kind="text", text="<p>800-273-8255</p>")
    assert told(page) == [("800-273-8255", "matched", "Lifeline")]

    with committed():
        page.delete()

    assert told() == []

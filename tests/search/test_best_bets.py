"""An editor's own answer: for which words it stands on top, and when it must not."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from search.best_bets import BEST_BETS, best_bet_for
from search.bet_pages import path_in_index
from search.lay_words import LayWords
from search.models import BestBet
from search.questions import understand
from search.rebuilding import rebuild
from tests.factories import create_contact, create_location, create_page, create_service

pytestmark = pytest.mark.django_db


def create_bet(*, queries="parking", path="/locations/garage/", **fields):
    bet = BestBet.objects.create(queries=queries, path=path, **fields)
    BEST_BETS.changed()
    return bet


def answer_to(text, language="en", **options):
    return best_bet_for(understand(text, LayWords([])), language, **options)


@pytest.fixture
def garage():
    location = create_location(name="Parking garage", slug="garage", summary="Open day and night.")
    rebuild()
    return location


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Parking", id="capitals"),
        pytest.param("where can I park?", id="words-that-say-nothing"),
        pytest.param("garages", id="plural"),
        pytest.param("estacionámiento", id="accents"),
        pytest.param("garage visitor", id="any-order"),
    ],
)
def test_it_is_shown_for_each_of_its_lines(garage, text):
    create_bet(queries="parking\nwhere can i park\n\n garage \nestacionamiento\nvisitor garage")

    assert answer_to(text).title == "Parking garage"


@pytest.mark.parametrize("text", ["", "parking fee", "par", "-parking", "🚗", "\0", "860 823 6389"])
def test_it_is_not_shown_for_other_words(garage, text):
    create_bet()

    assert answer_to(text) is None


def test_it_says_what_the_editor_wrote_or_else_what_the_page_says(garage):
    create_bet(queries="car")
    create_bet(queries="deck", title="Park here", note="Level 2 is for visitors.", language="en")

    own, written = answer_to("car"), answer_to("deck", "es")

    assert (own.title, own.note, own.path) == ("Parking garage", "Open day and night.", "/locations/garage/")
    assert (written.title, written.note, written.path, written.language) == (
        "Park here",
        "Level 2 is for visitors.",
        "/es/locations/garage/",
        "en",
    )


def test_one_in_the_visitors_language_goes_before_another(garage):
    create_bet(title="English")
    create_bet(title="Español", language="es")

    assert [answer_to("parking", language).title for language in ("en", "es")] == ["English", "Español"]


def test_it_is_hidden_while_its_page_is_not_public(garage):
    create_bet()
    before = datetime(2019, 1, 1, tzinfo=UTC)

    assert answer_to("parking", at=before) is None
    garage.published_at = None
    garage.save()
    assert answer_to("parking") is None


def test_the_next_best_takes_the_place_of_one_that_is_hidden(garage):
    create_bet(path="/nowhere/", title="Gone")
    create_bet(title="There")

    assert answer_to("parking").title == "There"


def test_a_change_is_seen_at_once(garage):
    bet = create_bet()
    assert answer_to("parking") is not None

    bet.delete()
    BEST_BETS.changed()

    assert answer_to("parking") is None


def test_it_costs_two_queries_and_one_where_none_fits(garage, django_assert_num_queries):
    create_bet()
    answer_to("parking")

    with django_assert_num_queries(2):
        answer_to("parking")
    with django_assert_num_queries(1):
        answer_to("billing")


# Choosing its page.


@pytest.mark.parametrize(
    "address",
    [
        "/locations/garage/",
        " /locations/garage ",
        "/Locations/Garage/",
        "/es/locations/garage/",
        "/locations/garage/?from=mail#map",
        "http://127.0.0.1:8000/locations/garage/",
    ],
)
def test_an_address_may_be_typed_or_pasted(garage, address, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"

    assert path_in_index(address, "en") == "/locations/garage/"


def test_one_line_of_the_directory_may_be_chosen():
    contact = create_contact(name="Billing")
    rebuild()

    assert path_in_index(f"/contact/#contact-{contact.pk}", "en") == f"/contact/#contact-{contact.pk}"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        pytest.param("https://example.org/", "This address is on another site.", id="another-site"),
        pytest.param("/nowhere/", "The search knows no page at this address.", id="no-page"),
        pytest.param("/services/draft/", "The search knows no page at this address.", id="draft"),
        pytest.param("/services/coming/", "The page is not public.", id="scheduled"),
        pytest.param("/admin/", "Visitors cannot be led to the staff's screens.", id="staff"),
        pytest.param("/" + "a" * 400, "Such a long address cannot be kept", id="long"),
        pytest.param("/\0/", "Write the path alone", id="nul"),
        pytest.param("parking", "Write a page of this site", id="a-word"),
    ],
)
def test_another_address_is_refused_with_a_sentence(address, sentence):
    create_service(slug="draft", published_at=None)
    create_service(slug="coming", published_at=datetime(2099, 1, 1, tzinfo=UTC))
    rebuild()

    with pytest.raises(ValidationError) as refused:
        path_in_index(address, "en")

    assert refused.value.messages[0].startswith(sentence)


def test_a_page_with_a_spanish_version_is_not_for_who_reads_spanish():
    create_page(path="visit", title="Visit")
    create_page(path="visit", title="Visita", language="es")
    rebuild()

    assert path_in_index("/visit/", "en") == "/visit/"
    with pytest.raises(ValidationError, match="Visitors who read Español have another page"):
        path_in_index("/visit/", "es")
    assert path_in_index("/es/visit/", "es") == "/es/visit/"

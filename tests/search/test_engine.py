from datetime import UTC, date, datetime

import pytest

from pages.models import Block
from search.engine import find, suggest
from search.lay_words import LayWords
from search.rebuilding import rebuild
from search.sources import sources
from tests.factories import (
    create_article,
    create_block,
    create_cafe_menu,
    create_contact,
    create_department,
    create_document,
    create_event,
    create_issue,
    create_location,
    create_page,
    create_person,
    create_service,
    create_text_alert,
)

pytestmark = pytest.mark.django_db


def create_document_on_a_page(*, title, **fields):
    create_block(page=create_page(**fields), kind=Block.Kind.DOCUMENT, document=create_document(title=title))


CREATE = {
    "emergency_department": lambda words, **fields: create_department(name=words, **fields),
    "contact": lambda words, **fields: create_contact(name=words, **fields),
    "service": lambda words, **fields: create_service(name=words, **fields),
    "location": lambda words, **fields: create_location(name=words, **fields),
    "person": lambda words, **fields: create_person(name=words, **fields),
    "page": lambda words, **fields: create_page(title=words, **fields),
    "document": lambda words, **fields: create_document_on_a_page(title=words, **fields),
    "event": lambda words, **fields: create_event(title=words, **fields),
    "article": lambda words, **fields: create_article(headline=words, **fields),
    "issue": lambda words, **fields: create_issue(subject=words, **fields),
    "cafe_menu": lambda words, **fields: create_cafe_menu(week=date(2099, 6, 1), note=words, **fields),
    "textalert": lambda words, **fields: create_text_alert(name=words, **fields),
}


def results(query):
    rebuild()
    return find(query).results


def found(query):
    return [(result.entry.kind, result.entry.title) for result in results(query)]


def test_of_things_of_one_name_those_come_first_that_answer():
    for create in CREATE.values():
        create("Kidney")

    timeless = ["emergency_department", "service", "location", "contact", "person", "page", "document"]
    kinds = [kind for kind, _title in found("kidney")]
    assert [kind for kind in kinds if kind in timeless] == timeless
    assert sorted(kinds) == sorted(CREATE)
    assert {source.kind for source in sources()} == set(CREATE)


@pytest.mark.parametrize("kind", CREATE)
def test_a_draft_is_never_found(kind):
    CREATE[kind]("Kidney", published_at=None)

    assert found("kidney") == []


def test_nothing_made_up_is_found_where_the_demonstration_is_off(settings):
    create_service(name="Kidney", demonstration=True)
    settings.DEMONSTRATION = False

    assert found("kidney") == []


def test_every_word_must_stand_somewhere():
    create_service(name="Heart Center", summary="For valves.")
    create_service(name="Heart Failure Clinic", summary="For hearts.")

    assert found("valves heart") == [("service", "Heart Center")]


def test_the_best_match_comes_first_whatever_its_kind():
    create_contact(name="Friends of the Kidney Center")
    create_article(headline="Kidney")

    assert found("kidney") == [("article", "Kidney"), ("contact", "Friends of the Kidney Center")]


def test_words_in_the_blocks_of_a_page_are_found_once():
    page = create_page(title="Community")
    for _ in range(2):
        create_block(page=page, kind=Block.Kind.TEXT, heading="Pantry", text="<p>Food pantry</p>")

    assert found("pantry") == [("page", "Community")]


def test_the_home_page_is_not_a_result():
    create_page(path="", title="Kidney")

    assert found("kidney") == []


def test_other_names_are_found():
    create_contact(name="Anticoagulation Clinic", also_known_as="blood thinner, warfarin")

    assert found("Warfarin") == [("contact", "Anticoagulation Clinic")]


def test_a_contact_is_found_with_the_number_to_dial():
    contact = create_contact(name="Kidney Clinic", number="860-889-8331 ext. 2")

    [result] = results("kidney")

    assert result.entry.phone == ["tel:+18608898331,2", "860.889.8331 ext. 2"]
    assert result.entry.path == f"/contact/#contact-{contact.pk}"


def test_accents_that_were_typed_are_found():
    create_service(name="Café")

    assert found("café") == [("service", "Café"), ("page", "Café menu")]


@pytest.mark.parametrize("query", ["%", "_", "'", '"', "\\", "--", "*", "", " ", "👩‍⚕️", "\u202e", ";"])
def test_signs_alone_find_nothing(query):
    create_service(name="100 % _ ' \" \\ -- * Care")

    assert found(query) == []


@pytest.mark.parametrize(
    "typed",
    ["860.823.6389", "860-823-6389", "(860) 823-6389", "860 823 6389", "8608236389", "+1 860 823 6389", "823-6389"],
)
def test_a_number_typed_any_way_finds_whose_it_is(typed):
    create_contact(name="Emergency Department", number="860-823-6389")
    create_contact(name="Gift Shop", number="860-889-8331 ext. 2265")

    assert found(typed) == [("contact", "Emergency Department")]


def test_a_number_with_an_extension_is_found_by_the_number():
    create_contact(name="Gift Shop", number="860-889-8331 ext. 2265")
    create_contact(name="Draft", number="860-889-8331", published_at=None)

    assert found("860 889 8331") == [("contact", "Gift Shop")]


WEEK_OF_JUNE_7 = (datetime(2021, 6, 7, tzinfo=UTC), datetime(2021, 6, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    ("between", "titles"),
    [
        pytest.param(
            (None, None), {"Yoga before", "Yoga within", "Yoga after", "Yoga any time", "Yoga"}, id="no-dates"
        ),
        pytest.param(WEEK_OF_JUNE_7, {"Yoga within", "Yoga any time", "Yoga"}, id="a-week"),
        pytest.param((WEEK_OF_JUNE_7[0], None), {"Yoga within", "Yoga after", "Yoga any time", "Yoga"}, id="from"),
        pytest.param((None, WEEK_OF_JUNE_7[1]), {"Yoga before", "Yoga within", "Yoga any time", "Yoga"}, id="to"),
    ],
)
def test_dates_narrow_what_takes_place_at_a_time(between, titles):
    for title, day in {"Yoga before": 4, "Yoga within": 10, "Yoga after": 18}.items():
        create_event(title=title, first_day=date(2021, 6, day))
    create_event(title="Yoga any time", timing="any_time", first_day=None)
    create_service(name="Yoga")
    rebuild()

    found = find("yoga", between=between)

    assert {result.entry.title for result in found.results} == titles
    assert sum(facet.count for facet in found.kinds) == len(titles)


def test_what_was_looked_for_in_place_of_a_typing_error_is_told():
    create_service(name="Cardiology")
    rebuild()

    found = find("cardiolgy")

    assert (found.instead, found.question.text, found.looked_for.text) == ("cardiology", "cardiolgy", "cardiology")


def test_a_filter_that_lets_nothing_through_does_not_change_what_was_understood():
    create_service(name="Knee Center")
    create_contact(name="Kneeling Bench Fund")
    rebuild()

    found = find("knee", kind="contact")

    assert (found.results, [(facet.value, facet.count) for facet in found.kinds]) == ([], [("service", 1)])


def test_a_word_is_not_compared_by_the_rules_of_another_language():
    create_contact(name="Career Office")  # by the rules of Spanish its stem would be "car"

    assert found("car accident") == []


@pytest.mark.parametrize("typed", ["8608", "860-82", "(860) 823", "823-6", "8608236"])
def test_a_number_that_is_only_begun_finds_whose_it_may_be(typed):
    create_contact(name="Emergency Department", number="860-823-6389")
    create_contact(name="Gift Shop", number="860-425-2265")
    create_service(name="Room 8608 Imaging")

    assert ("contact", "Emergency Department") in found(typed)
    assert next(result.entry.title for result in suggest(typed)) == found(typed)[0][1]


@pytest.mark.parametrize("typed", ["2265", "x2265", "ext. 2265", "860-889-8331,2265"])
def test_an_extension_finds_whose_it_is(typed):
    create_contact(name="Gift Shop", number="860-889-8331 ext. 2265")
    create_contact(name="Health Education", number="860-889-8331 ext. 2405")

    assert found(typed)[0] == ("contact", "Gift Shop")
    assert suggest(typed)[0].entry.title == "Gift Shop"


def test_the_last_four_digits_find_whose_number_ends_so():
    create_contact(name="Emergency Department", number="860-823-6389")
    create_contact(name="Gift Shop", number="860-889-6389 ext. 2265")
    create_contact(name="Draft", number="860-425-6389", published_at=None)

    assert found("6389") == [("contact", "Emergency Department")]


def test_digits_that_stand_in_a_text_are_no_end_of_a_number():
    create_contact(name="Emergency Department", number="860-823-2021")
    create_service(name="Vaccines 2021")

    assert found("2021") == [("service", "Vaccines 2021")]


@pytest.mark.parametrize("typed", ["anti coagulation", "Anti coagulation clinic"])
def test_a_blank_within_a_known_word_is_a_typing_error(typed):
    create_contact(name="Anticoagulation Clinic")

    assert found(typed) == [("contact", "Anticoagulation Clinic")]


def test_words_of_which_names_are_full_find_nothing_beside_others():
    create_contact(name="Development Office")
    create_contact(name="Medical Group - Colchester")

    assert found("colchester office") == [("contact", "Medical Group - Colchester")]


def test_a_word_that_asks_for_a_kind_counts_beside_words_of_which_names_are_full():
    create_contact(name="Cancer Services")
    create_contact(name="Backus Physician Services")

    assert [title for kind, title in found("physician services") if kind == "contact"] == ["Backus Physician Services"]


def test_not_is_no_word_that_says_nothing():
    create_contact(name="Cardiopulmonary Care", also_known_as="breathing")
    create_contact(name="Emergency Department")
    lay = LayWords([("not breathing", "en", ["emergency department"])])
    rebuild()

    assert [result.entry.title for result in find("not breathing", lay=lay).results] == ["Emergency Department"]
    assert [result.entry.title for result in find("breathing", lay=lay).results] == ["Cardiopulmonary Care"]


@pytest.mark.parametrize("typed", ["860", "2026", "x", "86 patients in 08"])
def test_few_digits_or_digits_among_words_are_no_number(typed):
    create_contact(name="Emergency Department", number="860-823-6389")

    assert found(typed) == []


def test_the_first_letter_of_the_next_word_changes_no_suggestion():
    create_service(name="Care at Home")
    create_person(name="Gia Template", credentials="PA-C", specialties="Wound care")
    rebuild()

    assert [r.entry.title for r in suggest("care c")] == [r.entry.title for r in suggest("care")]

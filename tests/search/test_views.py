import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection

from search.best_bets import BEST_BETS
from search.models import BestBet
from search.rebuilding import rebuild
from tests.factories import (
    create_article,
    create_contact,
    create_event,
    create_location,
    create_page,
    create_service,
    create_topic,
)

pytestmark = pytest.mark.django_db

SEARCH = "/search/"
# First it is asked how much there is; at the end the planner is set back, for a test is a transaction around it all.
LOOKING_AROUND = 2 * (connection.vendor == "postgresql")
NOON = datetime(2021, 6, 4, 16, tzinfo=UTC)


def main_of(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def text_of(html):
    """Return the words of `html` as they are read, without what only a browser reads."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def titles(response):
    return [result.entry.title for result in response.context["results"]]


def test_the_page_without_a_query_is_a_page_with_ways_on(client):
    response = client.get(SEARCH)

    assert (response.status_code, titles(response)) == (200, [])
    assert 'href="/services/"' in main_of(response)


def test_what_is_found_is_shown_with_its_kind_its_address_and_its_words_marked(client):
    create_service(name="Kidney “Café”", slug="kidney", summary="For kidneys & more.")
    create_service(name="Other")
    rebuild()

    main = main_of(client.get(SEARCH, {"q": "kidney care"}))

    assert '<p class="search-results__kind">Services</p>' in main
    assert '<a href="/services/kidney/"><mark>Kidney</mark> “Café”</a>' in main
    assert "For <mark>kidneys</mark> &amp; more." in main


def test_a_visitor_in_spanish_is_led_to_the_spanish_address(client):
    create_service(name="Kidney", slug="kidney", summary="")
    create_service(name="Kidney two", slug="kidney-two")
    create_page(path="kidney-es", title="Kidney en español", language="es")
    rebuild()

    main = main_of(client.get(f"/es{SEARCH}", {"q": "kidney two"}))
    spanish = main_of(client.get(f"/es{SEARCH}", {"q": "kidney español"}))

    assert 'href="/es/services/kidney-two/"' in main
    assert 'href="/es/kidney-es/"' in spanish
    assert 'lang="es"' in spanish


def test_a_number_can_be_called(client):
    create_contact(name="Kidney Center", number="860-889-8331 ext. 12")
    create_contact(name="Kidney House")
    rebuild()

    main = main_of(client.get(SEARCH, {"q": "kidney"}))

    assert 'href="tel:+18608898331,12"' in main


def test_news_tell_their_day_and_events_when_and_where_they_are(client):
    place = create_location(name="Main Campus")
    create_article(headline="Kidney news", published_at="2021-06-01T12:00:00Z")
    create_event(title="Kidney walk", first_day=date(2021, 6, 7), location=place, place="Room 2")
    create_event(title="Kidney days", timing="all_day", first_day=date(2021, 6, 7), last_day=date(2021, 6, 8))
    create_event(title="Kidney talk", first_day=date(2021, 6, 2), online=True)
    create_event(title="Kidney course", timing="any_time")
    rebuild()

    with time_machine.travel(NOON, tick=False):
        main = main_of(client.get(SEARCH, {"q": "kidney"}))
    told = {}
    for result in main.split('<li class="search-results__result"')[1:]:
        title, when = (re.search(rf'__{part}">(.*?)</(?:h3|p)>', result, re.DOTALL) for part in ("title", "when"))
        told[text_of(title[1])] = when and text_of(when[1])

    assert told == {
        "Kidney news": "June 1, 2021",
        "Kidney walk": "June 7, 2021, 10:00 AM · Main Campus, Room 2",
        "Kidney days": "June 7, 2021 – June 8, 2021",
        "Kidney talk": "Over June 2, 2021, 10:00 AM · Online",
        "Kidney course": None,
    }


def test_nothing_found_leads_to_the_main_number(client):
    create_contact(role="main", number="860-889-8331")

    response = client.get(SEARCH, {"q": "xyzzy"})

    assert "860.889.8331" in main_of(response)
    assert "Nothing was found for “xyzzy”" in text_of(main_of(response)).replace("“ ", "“").replace(" ”", "”")


def test_a_fragment_with_nothing_found_knows_the_main_number_of_the_directory_too(client):
    create_contact(role="main", number="860-889-1111")

    content = client.get(SEARCH, {"q": "xyzzy"}, headers={"hx-request": "true"}).content.decode()

    assert "860.889.1111" in content
    assert "<html" not in content


@pytest.mark.parametrize(
    ("query", "says"),
    [
        pytest.param("cardiolgy", "Showing results for cardiology . Search instead for cardiolgy", id="mended"),
        pytest.param("cardiology zebra", "Nothing has all these words. These have some of them.", id="loosely"),
        pytest.param("cardiology " * 30, "That was very long: only its beginning was looked for.", id="shortened"),
    ],
)
def test_how_it_was_understood_is_said(client, query, says):
    create_service(name="Cardiology")
    rebuild()

    assert says in text_of(main_of(client.get(SEARCH, {"q": query})))


def test_a_mended_error_can_be_taken_back(client):
    create_service(name="Cardiology")
    rebuild()
    mended = client.get(SEARCH, {"q": "cardiolgy"})

    undone = client.get(SEARCH + mended.context["addresses"]["as_typed"])

    assert titles(mended) == ["Cardiology"]
    assert (titles(undone), undone.context["found"].instead) == ([], "")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param('"><script>alert(1)</script>', "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;", id="markup"),
        pytest.param("\u202ecba", "\u202ecba", id="right-to-left-override"),
        pytest.param("كلى", "كلى", id="right-to-left"),
        pytest.param("👩‍⚕️", "👩‍⚕️", id="emoji"),
        pytest.param("kidney\x00x", "kidney x", id="nul"),
        pytest.param("NEAR(a b) * ^ {x} : AND", "NEAR(a b) * ^ {x} : AND", id="fts5"),
        pytest.param("a:* & !b | <-> ()'", "a:* &amp; !b | &lt;-&gt; ()&#x27;", id="tsquery"),
        pytest.param("'; DROP TABLE search_entry; --", "&#x27;; DROP TABLE search_entry; --", id="sql"),
        pytest.param('"', "&quot;", id="quote"),
        pytest.param("x" * 10_000, "x" * 200, id="very-long"),
    ],
)
def test_whatever_is_typed_is_shown_isolated_on_a_plain_page(client, query, shown):
    response = client.get(SEARCH, {"q": query})

    assert response.status_code == 200
    assert f"“<bdi>{shown}</bdi>”" in main_of(response)


def test_kinds_are_links_with_counts_that_keep_the_words(client):
    create_service(name="Kidney Clinic")
    create_service(name="Kidney House")
    create_contact(name="Kidney Center", number="860-889-8331")
    rebuild()

    every = client.get(SEARCH, {"q": "kidney"})
    narrowed = client.get(SEARCH, {"q": "kidney", "kind": "service"})

    assert [(link.label, link.count, link.is_chosen) for link in every.context["kinds"]] == [
        ("All kinds", None, True),
        ("Services", 2, False),
        ("Phone numbers", 1, False),
    ]
    assert 'href="?q=kidney&amp;kind=service"' in main_of(every)
    assert sorted(titles(narrowed)) == ["Kidney Clinic", "Kidney House"]
    assert 'href="?q=kidney"' in main_of(narrowed)


def test_topics_narrow_too(client):
    create_article(headline="Kidney food", topics=[create_topic(name="Food", slug="food")])
    create_article(headline="Kidney run", topics=[create_topic(name="Sports", slug="sports")])
    rebuild()

    response = client.get(SEARCH, {"q": "kidney", "topic": "food"})

    assert titles(response) == ["Kidney food"]
    assert [link.label for link in response.context["topics"]] == ["All topics", "Food", "Sports"]


def test_a_filter_that_leaves_nothing_says_so_and_leads_back(client):
    create_service(name="Kidney Clinic")
    rebuild()

    response = client.get(SEARCH, {"q": "kidney", "kind": "person"})

    assert "Nothing of this kind was found." in main_of(response)
    assert ("People", 0, True) in [(link.label, link.count, link.is_chosen) for link in response.context["kinds"]]
    assert '<a class="more" href="?q=kidney"' in main_of(response)


def test_events_can_be_asked_for_by_days(client):
    for title, day in {"Kidney before": 4, "Kidney within": 10, "Kidney after": 18}.items():
        create_event(title=title, first_day=date(2021, 6, day))
    rebuild()

    response = client.get(SEARCH, {"q": "kidney", "kind": "event", "from": "2021-06-07", "to": "2021-06-10"})

    assert titles(response) == ["Kidney within"]
    assert 'href="?q=kidney&amp;kind=event"' in main_of(response)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        pytest.param({"from": "soon"}, "This is no day of the calendar.", id="no-day"),
        pytest.param({"to": "2021-02-30"}, "This is no day of the calendar.", id="no-such-day"),
        pytest.param({"from": "0001-01-01"}, "Give a day between the years 1900 and 2200.", id="too-early"),
        pytest.param({"to": "9999-12-31"}, "Give a day between the years 1900 and 2200.", id="too-late"),
        pytest.param({"from": "2021-06-10", "to": "2021-06-07"}, "The last day lies before the first.", id="backwards"),
    ],
)
def test_days_that_cannot_be_are_told_beside_the_results(client, days, says):
    create_event(title="Kidney walk", first_day=date(2021, 6, 4))
    rebuild()

    response = client.get(SEARCH, {"q": "kidney", "kind": "event", **days})

    assert response.status_code == 200
    assert says in main_of(response)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("kind", "There is no such kind: the results are of all kinds.", id="kind"),
        pytest.param("topic", "There is no such topic: the results are of all topics.", id="topic"),
    ],
)
def test_a_filter_that_is_not_there_is_told_and_left_out(client, name, says):
    create_service(name="Kidney Clinic")
    rebuild()

    response = client.get(SEARCH, {"q": "clinic", name: "<x>"})

    assert says in main_of(response)
    assert titles(response) == ["Kidney Clinic"]


def test_a_long_list_has_pages_that_keep_words_and_filters(client):
    for number in range(23):
        create_service(name=f"Kidney Clinic {number}")
    rebuild()

    first = client.get(SEARCH, {"q": "kidney clinic", "kind": "service"})
    second = client.get(SEARCH, {"q": "kidney clinic", "kind": "service", "page": "2"})

    assert (len(titles(first)), len(titles(second))) == (20, 3)
    assert 'href="?q=kidney+clinic&amp;kind=service&amp;page=2"' in main_of(first)
    assert "23 results for" in text_of(main_of(second))


def test_a_page_beyond_the_last_is_not_there(client):
    assert client.get(SEARCH, {"q": "kidney", "page": "2"}).status_code == 404


def test_htmx_is_answered_with_what_was_found_alone(client):
    create_service(name="Kidney Clinic")
    rebuild()

    response = client.get(SEARCH, {"q": "clinic"}, headers={"hx-request": "true"})

    content = response.content.decode()
    assert "<form" not in content
    assert "<mark>Clinic</mark>" in content
    assert '<div hx-swap-oob="innerHTML:#search-count">' in content
    assert "HX-Request" in response["Vary"]


def test_the_page_is_kept_for_a_minute_and_not_for_search_engines(client):
    response = client.get(SEARCH, {"q": "kidney"})

    assert response["Cache-Control"] == "public, must-revalidate, max-age=60"
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response.cookies == {}


def test_an_editors_own_answer_stands_first_and_once(client):
    create_service(name="Kidney Clinic", slug="kidney")
    create_service(name="Kidney House")
    BestBet.objects.create(queries="kidney\nkidneys hurt", path="/services/kidney/", note="Come <here>.")
    BEST_BETS.changed()
    rebuild()

    response = client.get(SEARCH, {"q": "kidney"})

    main = main_of(response)
    assert main.index("Come &lt;here&gt;.") < main.index("Kidney</mark> House")
    assert titles(response) == ["Kidney House"]
    assert "2 results" in text_of(main)


def test_no_editors_answer_stands_among_results_of_one_kind(client):
    create_service(name="Kidney Clinic", slug="kidney")
    BestBet.objects.create(queries="kidney", path="/services/kidney/", note="Come here.")
    BEST_BETS.changed()
    rebuild()

    assert "Come here." not in main_of(client.get(SEARCH, {"q": "kidney", "kind": "service"}))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_search_asks_as_many_queries_whatever_it_finds(client, django_assert_num_queries, rows):
    for number in range(rows):
        create_service(name=f"Kidney {number}", summary="Care.")
    rebuild()
    client.get(SEARCH, {"q": "kidney"})  # the words are in memory now

    # The frame: 3. What is kept in memory; exact names, what fits, its entries; the texts.
    with django_assert_num_queries(3 + 1 + 3 + 1 + LOOKING_AROUND):
        client.get(SEARCH, {"q": "kidney"})


def test_a_card_takes_two_queries_more(client, django_assert_num_queries):
    create_contact(name="Kidney Center", number="860-889-8331")
    rebuild()
    client.get(SEARCH, {"q": "kidney center"})

    with django_assert_num_queries(3 + 1 + 3 + 1 + 2 + LOOKING_AROUND):
        client.get(SEARCH, {"q": "kidney center"})


def test_the_home_page_tells_search_engines_where_to_search(client, settings):
    settings.SITE_URL = "https://www.example.org"

    content = client.get("/").content.decode()

    assert '"urlTemplate":"https://www.example.org/search/?q={search_term_string}"' in content
    assert '<link rel="search" type="application/opensearchdescription+xml" href="/search/opensearch.xml"' in content


def test_a_browser_can_add_the_search(client, settings):
    settings.SITE_URL, settings.SITE_NAME = "https://www.example.org", "Hospital & Friends of the River"

    response = client.get("/search/opensearch.xml")

    content = response.content.decode()
    assert response["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    assert content.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert "<ShortName>Hospital &amp; Frien</ShortName>" in content
    assert 'template="https://www.example.org/search/?q={searchTerms}"' in content

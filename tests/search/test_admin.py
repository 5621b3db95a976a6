"""The editors' screens of the search: lay words, best bets, trying a search, what a change does."""

import csv
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from publishing.models import AuditEntry
from search.best_bets import best_bet_for
from search.engine import find
from search.lay_words import LayWords
from search.models import BestBet, LayWord
from search.questions import understand
from search.rebuilding import rebuild
from search.starter import missing_of_starter
from tests.factories import create_editor, create_service

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

WORDS, BETS, TRY = "/admin/search/layword/", "/admin/search/bestbet/", "/admin/search/layword/try/"


@pytest.fixture
def services():
    create_service(name="Cardiology", slug="cardiology", summary="For hearts.")
    create_service(name="Dermatology", slug="dermatology")
    rebuild()


def titles(text, **options):
    return [result.entry.title for result in find(text, **options).results]


def errors_of(response):
    return response.context["adminform"].form.errors


def lay_word(**fields):
    return {"words": "ticker", "means": "cardiology", "language": "en", **fields}


def best_bet(**fields):
    return {"queries": "ticker", "path": "/services/cardiology/", "title": "", "note": "", "language": "en", **fields}


# Lay words.


def test_a_lay_word_counts_from_its_saving_to_its_deletion(client, editor, services):
    assert titles("ticker") == []

    client.post(f"{WORDS}add/", lay_word(words=" Ticker ", means="cardiology;; heart clinic;Cardiology"))

    word = LayWord.objects.get()
    assert (word.words, word.means) == ("Ticker", "cardiology; heart clinic")
    assert titles("ticker") == ["Cardiology"]
    client.post(f"{WORDS}{word.pk}/change/", lay_word(means="dermatology"))
    assert titles("ticker") == ["Dermatology"]
    client.post(f"{WORDS}{word.pk}/delete/", {"post": "yes"})
    assert titles("ticker") == []


def test_deleting_several_counts_at_once(client, editor, services):
    client.post(f"{WORDS}add/", lay_word())
    chosen = list(LayWord.objects.values_list("pk", flat=True))
    assert titles("ticker") == ["Cardiology"]

    client.post(WORDS, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"})

    assert titles("ticker") == []


@pytest.mark.parametrize("words", ["heart doctor", "Héart  DOCTORS", "heart doctor's"])
def test_words_that_are_in_the_list_are_refused_by_name(client, editor, words):
    LayWord.objects.create(words="heart doctor", means="cardiology")

    response = client.post(f"{WORDS}add/", lay_word(words=words))

    assert errors_of(response)["words"] == [
        "The list has “heart doctor” already: “cardiology”. Change that line. "
        "Capitals, accents and plurals make no other words."
    ]
    assert LayWord.objects.count() == 1


def test_the_same_words_may_stand_in_another_language(client, editor):
    LayWord.objects.create(words="hospital", means="main campus")

    client.post(f"{WORDS}add/", lay_word(words="hospital", language="es"))

    assert LayWord.objects.count() == 2


def test_words_that_the_search_does_not_tell_apart_are_named(client, editor):
    LayWord.objects.create(words="depression", means="mental health")

    response = client.post(f"{WORDS}add/", lay_word(words="depressed"), follow=True)

    assert (
        "The search does not tell these words from “depression”, so both lines count for both."
        in response.content.decode()
    )


@pytest.mark.parametrize("words", ["\0", "x" * 5000, "🚗", "'; DROP TABLE", '"', "<script>alert(1)</script>"])
def test_hostile_words_get_a_page(client, editor, words):
    response = client.post(f"{WORDS}add/", lay_word(words=words), follow=True)

    assert response.status_code == 200
    assert "<script>alert(1)" not in response.content.decode()


@pytest.mark.parametrize("query", ["corazon", "CORAZÓN", "cardio corazon", "%"])
def test_the_list_is_searched_without_accents(client, editor, query):
    LayWord.objects.create(words="corazón", means="cardiology", language="es")
    LayWord.objects.create(words="acne", means="dermatology")

    found = client.get(WORDS, {"q": query}).context["cl"].result_list

    assert [word.words for word in found] == (["corazón"] if "c" in query.lower() else [])


def test_the_list_leaves_as_a_file_and_the_log_says_so(client, editor):
    LayWord.objects.create(words="=cmd", means="cardiología", language="es")

    response = client.get(f"{WORDS}export/")

    content = response.content.decode("utf-8-sig")
    assert list(csv.reader(content.splitlines())) == [["words", "means", "language"], ["'=cmd", "cardiología", "es"]]
    assert response["Content-Disposition"].startswith('attachment; filename="lay-words-')
    assert AuditEntry.objects.get(action="exported").details == "Rows: 1"


def test_missing_words_of_the_starter_list_are_added(client, editor):
    first = missing_of_starter()[0]
    LayWord.objects.create(words=first.words.upper(), means="our own", language=first.language)
    shown = client.get(f"{WORDS}starter/").context["missing"]

    client.post(f"{WORDS}starter/")

    assert LayWord.objects.count() == len(shown) + 1
    assert LayWord.objects.filter(means="our own").exists()
    assert client.get(f"{WORDS}starter/").context["missing"] == []


# Best bets.


def test_a_best_bet_is_stored_as_the_search_knows_it(client, editor, services):
    pasted = "/es/Services/cardiology?from=mail#top"

    client.post(f"{BETS}add/", best_bet(queries=" Ticker \n\ntickers\nheart  trouble", path=pasted))

    bet = BestBet.objects.get()
    assert (bet.queries, bet.path) == ("Ticker\nheart trouble", "/services/cardiology/")
    assert best_bet_for(understand("heart trouble", LayWords([])), "en").title == "Cardiology"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"path": "https://example.org/"}, "path", "This address is on another site."),
        ({"path": "/nowhere/"}, "path", "The search knows no page at this address."),
        ({"path": "/services/coming/"}, "path", "The page is not public."),
        ({"path": "/" + "a" * 5000}, "path", "Such a long address cannot be kept"),
        ({"path": ""}, "path", "This field is required."),
        ({"queries": "!!!"}, "queries", "There is no word in “!!!”."),
        (
            {"queries": "taken"},
            "queries",
            "“taken” has a best bet already, which leads to /services/. Change that one.",
        ),
        ({"queries": "x" * 201}, "queries", "A line is too long"),
    ],
)
def test_a_best_bet_that_nobody_would_see_is_refused(client, editor, services, fields, field, sentence):
    create_service(slug="coming", published_at=datetime(2099, 1, 1, tzinfo=UTC))
    rebuild()
    BestBet.objects.create(queries="taken", path="/services/")

    response = client.post(f"{BETS}add/", best_bet(**fields))

    assert errors_of(response)[field][0].startswith(sentence)
    assert BestBet.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_says_in_words_which_are_hidden(client, editor, services, rows, django_assert_num_queries):
    create_service(slug="coming", published_at=datetime(2099, 1, 1, tzinfo=UTC))
    rebuild()
    for number in range(rows):
        BestBet.objects.create(queries=f"a{number}", path="/services/cardiology/")
        BestBet.objects.create(queries=f"b{number}", path="/services/coming/")
        BestBet.objects.create(queries=f"c{number}", path="/gone/")

    with django_assert_num_queries(9):
        body = client.get(BETS).content.decode()

    assert body.count(">Shown<") == rows
    assert body.count("<strong>Hidden:</strong> The page is not public.") == rows
    assert body.count("<strong>Hidden:</strong> The search knows no page at this address.") == rows


def test_a_deleted_best_bet_is_gone_at_once(client, editor, services):
    client.post(f"{BETS}add/", best_bet())
    question = understand("ticker", LayWords([]))
    assert best_bet_for(question, "en") is not None

    client.post(f"{BETS}{BestBet.objects.get().pk}/delete/", {"post": "yes"})

    assert best_bet_for(question, "en") is None


# What a change does.


def test_a_lay_word_is_looked_at_before_it_is_saved(client, editor, services):
    response = client.post(f"{WORDS}add/", lay_word(_see="1"))

    comparison = response.context["comparison"]
    assert [line.result.entry.title for line in comparison.before.lines] == []
    assert [(line.place, line.result.entry.title, line.mark) for line in comparison.after.lines] == [
        (1, "Cardiology", "new")
    ]
    assert response.context["adminform"].form["words"].value() == "ticker"
    assert LayWord.objects.count() == 0
    assert titles("ticker") == []


def test_ranks_that_change_are_marked_with_words(client, editor):
    for name in ("Alpha", "Gamma"):
        create_service(name=name)
    rebuild()
    client.post(f"{WORDS}add/", lay_word(means="gamma"))
    word = LayWord.objects.get()

    more = client.post(f"{WORDS}{word.pk}/change/", lay_word(means="alpha; gamma", _see="1")).context["comparison"]
    client.post(f"{WORDS}{word.pk}/change/", lay_word(means="alpha; gamma"))
    less = client.post(f"{WORDS}{word.pk}/change/", lay_word(means="gamma", _see="1")).context["comparison"]

    assert [[(line.result.entry.title, line.mark) for line in side.lines] for side in (more.before, more.after)] == [
        [("Gamma", "")],
        [("Alpha", "new"), ("Gamma", "down, was 1")],
    ]
    assert [[(line.result.entry.title, line.mark) for line in side.lines] for side in (less.before, less.after)] == [
        [("Alpha", "would go"), ("Gamma", "")],
        [("Gamma", "up, was 2")],
    ]
    assert (more.same, less.same) == (False, False)


def test_another_question_may_be_tried(client, editor, services):
    comparison = client.post(f"{WORDS}add/", lay_word(_see="1", _try="dermatology")).context["comparison"]

    assert comparison.after.text == "dermatology"
    assert comparison.same is True


def test_a_best_bet_is_looked_at_before_it_is_saved(client, editor, services):
    response = client.post(f"{BETS}add/", best_bet(note="Call first.", _see="1"))

    comparison = response.context["comparison"]
    assert (comparison.before.best, comparison.after.best.note) == (None, "Call first.")
    assert comparison.best_differs is True
    assert BestBet.objects.count() == 0


@pytest.mark.parametrize("fields", [{"words": ""}, {"means": ""}, {"_try": "\0"}, {"_try": "x" * 9000}])
def test_a_look_at_something_unfinished_gets_a_page(client, editor, fields):
    response = client.post(f"{WORDS}add/", lay_word(_see="1", **fields))

    assert response.status_code == 200
    assert LayWord.objects.count() == 0


# Trying a search.


def test_every_result_says_why_it_stands_there(client, editor, services):
    LayWord.objects.create(words="ticker", means="cardiology")
    client.post(f"{WORDS}{LayWord.objects.get().pk}/change/", lay_word())

    response = client.get(TRY, {"q": "ticker"})

    (line,) = response.context["trial"].lines
    body = response.content.decode()
    assert sum(points for _reason, points in line.result.points) == line.result.score
    assert all(f"<td>{reason}</td><td>{points}</td>" in body for reason, points in line.result.points)
    assert f'<th scope="row">Sum</th><td>{line.result.score}</td>' in body
    assert "<strong>ticker</strong>, which the list of lay words says means" in body
    assert "/admin/search/layword/add/?words=ticker&amp;language=en" in body
    assert "/admin/search/bestbet/add/?queries=ticker&amp;path=/services/cardiology/&amp;language=en" in body


def test_a_prefilled_form_holds_what_was_tried(client, editor):
    form = client.get(f"{BETS}add/", {"queries": "ticker", "path": "/services/", "language": "es", "x": "y"})

    initial = form.context["adminform"].form
    assert [initial[name].value() for name in ("queries", "path", "language")] == ["ticker", "/services/", "es"]


def test_trying_shows_the_best_bet_and_the_mended_words(client, editor, services):
    client.post(f"{BETS}add/", best_bet(queries="cardiology"))

    trial = client.get(TRY, {"q": "cardiolgy"}).context["trial"]

    assert (trial.best.title, trial.found.instead) == ("Cardiology", "cardiology")


@pytest.mark.parametrize(
    "query", ["", " ", "\0", '"', "*", "NEAR(a b)", "a" * 10_000, "🚗", "שלום", "'; DROP TABLE x; --", "a & ! b", "-a"]
)
@pytest.mark.parametrize("language", ["en", "xx", "\0"])
def test_hostile_questions_get_a_page(client, editor, query, language):
    assert client.get(TRY, {"q": query, "language": language}).status_code == 200


def test_trying_counts_nothing(client, editor, monkeypatch):
    counted = []
    monkeypatch.setattr("search.missed.MissedCounter.count", lambda self, found: counted.append(found))

    client.get(TRY, {"q": "unicorn"})
    client.post(f"{WORDS}add/", lay_word(_see="1"))

    assert counted == []


def test_a_reviewer_looks_and_changes_nothing(client, services):
    call_command("ensure_roles", verbosity=0)
    reviewer = create_editor()
    reviewer.groups.add(Group.objects.get(name="Reviewer"))
    client.force_login(reviewer)

    page = client.get(TRY, {"q": "cardiology"}).content.decode()

    assert "Make this a best bet" not in page
    assert "Add a lay word" not in page
    assert [client.get(address).status_code for address in (WORDS, BETS, f"{WORDS}export/")] == [200, 200, 200]
    assert [client.post(f"{address}add/", {}).status_code for address in (WORDS, BETS)] == [403, 403]
    assert client.post(f"{WORDS}starter/").status_code == 403


def test_who_has_nothing_to_do_with_the_search_is_kept_out(client):
    client.force_login(create_editor(permissions=["view_event"]))

    assert [client.get(address).status_code for address in (TRY, WORDS, BETS, f"{WORDS}export/")] == [403] * 4


def test_the_way_to_trying_stands_on_the_first_page_of_the_search(client, editor):
    LayWord.objects.create(words="a", means="b")

    pages = [client.get(address).content.decode() for address in ("/admin/search/", WORDS, BETS)]

    assert [f'href="{TRY}"' in page for page in pages] == [True, True, True]

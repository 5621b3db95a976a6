"""What visitors looked for and did not find: what is counted, what is written down, and what never is."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from search import missed
from search.engine import find
from search.missed import (
    MissedCounter,
    digest_of,
    forget_old_searches,
    monday_of,
    most_missed,
    phrase_of,
)
from search.models import MissedSearch
from search.rebuilding import rebuild
from tests.factories import create_service

pytestmark = pytest.mark.django_db


def this_week():
    return monday_of(timezone.localdate())


def create_missed(words="", *, week=None, count=3, **fields):
    week = week or this_week()
    digest = digest_of(words or f"rare {count}", week)
    return MissedSearch.objects.create(week=week, digest=digest, words=words, count=count, **fields)


def rows():
    return list(MissedSearch.objects.order_by("words", "count").values_list("words", "count"))


def look_for(text, *, times=1, counter=None):
    """Look for `text` as visitors do, and store what was counted."""
    counter = counter or MissedCounter()
    for _time in range(times):
        counter.count(find(text))
    counter.flush()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param("Unicorn", "unicorn", id="capitals"),
        pytest.param("where is the ÚNICORN clinic?", "unicorn clinic", id="words-that-say-something"),
        pytest.param("unicorn clinic hours today", "unicorn clinic hours today", id="four-words"),
        pytest.param("unicorn clinic hours today please", "unicorn clinic hours today", id="please-is-no-word"),
        pytest.param("unicorn clinic saturday morning hours", None, id="five-words"),
        pytest.param("unicorn 7", None, id="digit"),
        pytest.param("unicorn 12/04/1960", None, id="birthday"),
        pytest.param("860 823 9999", None, id="number"),
        pytest.param("anna@example.org", None, id="at-sign"),
        pytest.param("unicorn anna@x", None, id="at-sign-beside"),
        pytest.param("u" * 25, None, id="long-word"),
        pytest.param("x", None, id="one-letter"),
        pytest.param("", None, id="nothing"),
        pytest.param("🚗", None, id="no-word"),
        pytest.param("\0", None, id="nul"),
        pytest.param("-unicorn", None, id="minus"),
    ],
)
def test_what_is_counted_is_a_few_words_that_can_be_nobodys_number(text, phrase):
    assert phrase_of(find(text)) == phrase


def test_what_was_found_is_no_miss():
    create_service(name="Cardiology", summary="For hearts.")
    create_service(name="Wound care", summary="For wounds.")
    rebuild()

    assert phrase_of(find("cardiology")) is None
    assert phrase_of(find("cardiolgy")) is None  # mended
    assert find("cardiology wounds").loosely is True
    assert phrase_of(find("cardiology wounds")) == "cardiology wounds"
    assert phrase_of(find("unicorn")) == "unicorn"


def test_words_are_written_down_with_the_third_who_looks():
    look_for("Unicorn clinic", times=2)
    assert rows() == [("", 2)]
    assert "unicorn" not in str(MissedSearch.objects.values())

    look_for("unicorn clinic")

    assert rows() == [("unicorn clinic", 3)]


def test_nothing_is_kept_of_who_looked():
    assert [field.name for field in MissedSearch._meta.fields] == ["id", "week", "digest", "words", "count", "ignored"]


def test_looking_writes_nothing(django_assert_num_queries):
    counter = MissedCounter()
    found = find("unicorn")

    with django_assert_num_queries(0):
        counter.count(found)

    assert rows() == []


def test_the_hash_is_keyed_and_changes_with_the_week(settings):
    monday = date(2026, 3, 2)

    digests = {digest_of("unicorn", monday), digest_of("unicorn", monday + timedelta(days=7))}
    settings.SECRET_KEY = "another"
    digests.add(digest_of("unicorn", monday))

    assert len(digests) == 3
    assert {len(digest) for digest in digests} == {64}


@pytest.mark.parametrize(
    ("now", "week"),
    [
        pytest.param("2026-03-09T03:30:00Z", date(2026, 3, 2), id="still-sunday-at-the-hospital"),
        pytest.param("2026-03-09T04:30:00Z", date(2026, 3, 9), id="monday"),
    ],
)
def test_a_week_begins_on_monday_at_the_hospital(time_machine, now, week):
    time_machine.move_to(now, tick=False)

    look_for("unicorn", times=3)

    assert MissedSearch.objects.get().week == week


def test_a_week_that_ends_while_it_is_in_memory_keeps_its_own(time_machine):
    counter = MissedCounter()
    time_machine.move_to("2026-03-09T03:59:50Z", tick=False)
    counter.count(find("unicorn"))
    time_machine.move_to("2026-03-09T04:00:10Z", tick=False)
    look_for("unicorn", counter=counter)

    assert sorted(MissedSearch.objects.values_list("week", "count")) == [(date(2026, 3, 2), 1), (date(2026, 3, 9), 1)]


def test_ignored_words_stay_ignored_in_the_next_week():
    create_missed("unicorn", week=this_week() - timedelta(days=7), ignored=True)

    look_for("unicorn", times=3)

    assert MissedSearch.objects.get(week=this_week()).ignored is True
    assert most_missed(5) == []


def test_old_weeks_and_rare_words_are_forgotten():
    create_missed("old", week=this_week() - timedelta(weeks=27))
    create_missed("half a year", week=this_week() - timedelta(weeks=26))
    create_missed("", week=this_week() - timedelta(weeks=1), count=2)
    create_missed("last week", week=this_week() - timedelta(weeks=1))
    create_missed("", count=1)

    forget_old_searches()

    assert rows() == [("", 1), ("half a year", 3), ("last week", 3)]


def test_most_missed_adds_up_four_weeks():
    for weeks in (0, 1, 4):
        create_missed("unicorn", week=this_week() - timedelta(weeks=weeks), count=3)
    create_missed("dragon", count=5)
    create_missed("", count=2)
    create_missed("ignored", count=99, ignored=True)

    assert most_missed(5) == [{"words": "unicorn", "times": 6}, {"words": "dragon", "times": 5}]
    assert most_missed(1) == [{"words": "unicorn", "times": 6}]


def test_a_flood_does_not_fill_the_table(monkeypatch):
    monkeypatch.setattr(missed, "MOST_A_WEEK", 2)
    create_missed("often", count=9)
    look_for("dragon", times=3)

    for word in ("aaa", "bbb", "ccc"):
        look_for(word)

    assert rows() == [("dragon", 3), ("often", 9)]


def test_no_log_holds_what_was_typed(caplog, monkeypatch):
    def fails(self, counts):
        raise ValueError(f"cannot store {counts}")

    monkeypatch.setattr(MissedCounter, "store", fails)

    look_for("unicorn")

    assert [record.getMessage() for record in caplog.records] == [
        "Counts of searches that found nothing could not be stored: ValueError"
    ]
    assert "unicorn" not in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.several_writers
def test_processes_that_store_at_the_same_moment_add_up():
    barrier = threading.Barrier(4)

    def store():
        try:
            counter = MissedCounter()
            for word in ("aaa", "bbb", "ccc"):
                for _time in range(3):
                    counter.count(find(word))
            barrier.wait()
            counter.flush()
        finally:
            connection.close()

    threads = [threading.Thread(target=store) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert rows() == [("aaa", 12), ("bbb", 12), ("ccc", 12)]


def typed_by(counter, *beginnings):
    for words in beginnings:
        counter.count(find(words), typing=True)


def test_of_words_that_are_asked_letter_by_letter_the_longest_count():
    counter = MissedCounter()
    for _visitor in range(3):
        typed_by(counter, "unic", "unicor", "unicorn", "unicorn clinic")

    counter.flush()

    assert rows() == [("unicorn clinic", 3)]


def test_a_shorter_word_of_its_own_counts_beside_a_longer_one():
    counter = MissedCounter()
    look_for("unicorn", times=4, counter=counter)
    typed_by(counter, "unicorn")
    typed_by(counter, "unicorn", "unicorns", "unicorn")

    counter.flush()

    assert rows() == [("", 1), ("unicorn", 6)]

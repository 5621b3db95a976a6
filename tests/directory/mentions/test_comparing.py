"""What the numbers in texts cost, and the nightly comparison that makes them true again."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.mentions.comparing import compare, left_behind
from directory.mentions.tasks import compare_texts
from directory.models import Contact
from news.models import Article
from tests.directory.mentions.changing import publish_number, told
from tests.factories import create_article, create_block, create_contact, create_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(committed):
    with committed():
        return create_contact(name="Wound Care", number="860-425-3800")


def asked(callbacks):
    """Return how many queries the `callbacks` of a commit ask about numbers in texts and the texts themselves."""
    mine = [callback for callback in callbacks if callback.__module__ == "directory.mentions.watching"]
    with CaptureQueriesContext(connection) as queries:
        for callback in mine:
            callback()
    return len(queries)


@pytest.mark.parametrize(
    ("body", "other", "count"),
    [
        pytest.param("<p>No number</p>", "<p>None at all</p>", 1, id="without-a-number"),
        pytest.param("<p>860-425-3800</p>", "<p>860-425-3800</p><p>More</p>", 2, id="the-same-number"),
    ],
)
def test_a_save_costs_two_queries_at_most(clinic, committed, django_capture_on_commit_callbacks, body, other, count):
    with committed():
        article = create_article(body=body)

    article.body = other
    with django_capture_on_commit_callbacks() as callbacks:
        article.save()

    assert asked(callbacks) == count


def test_a_page_of_many_blocks_costs_no_more(clinic, committed, django_capture_on_commit_callbacks):
    with committed():
        page = create_page()
        blocks = [create_block(page=page, kind="text", text="<p>860-425-3800</p>") for _number in range(5)]

    with django_capture_on_commit_callbacks() as callbacks:
        page.save()
        for block in blocks:
            block.save()

    assert asked(callbacks) == 2


def test_the_comparison_mends_what_came_past_the_signals(clinic, committed):
    with committed():
        gone = create_article(body="<p>860-425-3800</p>")
        wrong = create_article(body="<p>860-425-3800</p>")
    Article.objects.filter(pk=gone.pk)._raw_delete("default")
    Article.objects.filter(pk=wrong.pk).update(body="<p>(860) 425-3800 or 860-425-1111</p>")
    Article.objects.bulk_create([Article(headline="New", slug="new", body="<p>860.425.3800</p>")])

    compared = compare()

    assert compared.wrong == 5
    assert sorted(told()) == [
        ("(860) 425-3800", "matched", "Wound Care"),
        ("860-425-1111", "unknown", None),
        ("860.425.3800", "matched", "Wound Care"),
    ]
    assert compare().wrong == 0


def test_the_comparison_sees_that_a_contact_has_expired(clinic, committed):
    with committed():
        article = create_article(body="<p>860-425-3800</p>")
    Contact.objects.filter(pk=clinic.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    compare()

    assert told(article) == [("860-425-3800", "unknown", None)]


def test_the_night_lets_follow_what_was_left_behind(clinic, committed):
    with committed():
        article = create_article(body="<p>860-425-3800</p>")
    with committed():
        publish_number(clinic, "860.425.3800", "860-425-9999")
    assert left_behind() == [clinic.numbers.get().pk]

    compare_texts.func()

    article.refresh_from_db()
    assert (article.body, left_behind()) == ("<p>860-425-9999</p>", [])


def test_the_comparison_asks_no_more_for_many_texts(clinic, committed):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            compare()
        return len(captured)

    with committed():
        create_article(body="<p>860-425-3800</p>")
    one = queries()
    with committed():
        for _number in range(4):
            create_article(body="<p>860-425-3800</p>")

    assert queries() == one


def test_what_is_rolled_back_leaves_nothing(clinic, committed):
    with committed():
        article = create_article(body="<p>860-425-3800</p>")
        try:
            with transaction.atomic():
                Article.objects.get(pk=article.pk).delete()
                raise KeyError
        except KeyError:
            pass

    assert told() == [("860-425-3800", "matched", "Wound Care")]


def test_the_command_tells_what_it_found(clinic, capsys):
    create_article(body="<p>860-425-3800 or 800-273-8255</p>")

    call_command("match_numbers")

    lines = capsys.readouterr().out.splitlines()
    assert lines[-5:] == [
        "Texts read: 3. Numbers that were not known as they are: 2.",
        "Of the directory: 1",
        "Several contacts share it: 0",
        "The directory does not know it: 1",
        "Known without a contact of its own: 0",
    ]

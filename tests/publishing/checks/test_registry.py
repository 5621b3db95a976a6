import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pages.models import Block
from publishing.checks import Finding, Level, findings, register_check, registry
from tests.factories import (
    create_article,
    create_block,
    create_contact,
    create_image,
    create_menu_item,
    create_page,
    create_service,
)
from tests.publishing.checks.reading import found

pytestmark = pytest.mark.django_db


def test_a_good_post_has_no_findings():
    article = create_article(headline="A new clinic opens", body="<p>Come and see us.</p>", image=create_image())

    assert findings(article) == []


def test_findings_come_in_the_order_of_the_page_and_name_their_place():
    page = create_page(title="Visiting", lead="Come this week.")
    second = create_block(page=page, kind=Block.Kind.TEXT, ordering=20, text='<p><a href="/er/">here</a></p>')
    first = create_block(
        page=page, kind=Block.Kind.TEXT, ordering=10, text='<h2>Hours</h2><p><a href="/er/">Read more</a></p>'
    )

    result = findings(page)

    assert [(finding.code, finding.place) for finding in result] == [
        ("dated-words", f"#go/page/{page.pk}/lead"),
        ("vague-link", f"#go/block/{first.pk}/text"),
        ("vague-link", f"#go/block/{second.pk}/text"),
    ]


def test_an_error_stands_before_the_warnings_of_its_field():
    article = create_article(body='<p><a href="/er/">here</a> and <a href="/no-such-page/">our plans</a></p>')

    assert found(article) == [
        ("error", "broken-link", "article", "body"),
        ("warning", "vague-link", "article", "body"),
    ]


def test_the_key_holds_until_the_words_change():
    article = create_article(body='<p><a href="/er/">here</a></p>')
    (before,) = findings(article)
    article.body = '<p>Something else. <a href="/er/">here</a></p>'
    article.save()
    (elsewhere,) = findings(type(article).objects.get())
    article.body = '<p><a href="/er/">click here</a></p>'
    article.save()
    (other_words,) = findings(type(article).objects.get())

    assert elsewhere.key == before.key
    assert other_words.key != before.key
    assert before.key.startswith(f"vague-link:news.article:{article.pk}:body:")


def test_what_stands_twice_in_a_field_is_told_once():
    article = create_article(body='<p><a href="/er/">here</a> <a href="/er/">here</a></p>')

    assert found(article) == [("warning", "vague-link", "article", "body")]


def test_a_draft_that_is_applied_in_a_transaction_is_what_is_read():
    article = create_article(body="<p>All is well.</p>")
    with transaction.atomic():
        article.body = '<p><a href="/er/">here</a></p>'
        article.save()
        inside = found(article)
        transaction.set_rollback(True)
    article.refresh_from_db()

    assert (inside, found(article)) == ([("warning", "vague-link", "article", "body")], [])


def test_words_that_no_visitor_reads_are_left_alone():
    contact = create_contact(source_note="Ask again tomorrow", also_known_as="next Friday")

    assert findings(contact) == []


def test_things_without_a_schedule_are_read_too():
    assert found(create_menu_item(label="Read more", address="/nowhere/")) == [
        ("warning", "vague-link", "menuitem", "label"),
        ("error", "broken-link", "menuitem", "address"),
    ]
    assert findings(create_image()) == []


def test_a_feature_registers_a_check_for_its_models(monkeypatch):
    monkeypatch.setattr(registry, "_checks", [])

    def check(manuscript):
        yield Finding(Level.WARNING, "too-short", "Too short.", manuscript.thing, "summary")

    register_check(check, models=[type(create_service())])

    assert found(create_service()) == [("warning", "too-short", "service", "summary")]
    assert findings(create_article()) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p></p>",
        "<p>:</p>",
        "<h2></h2><h4></h4>",
        "<table><tbody><tr><td></td></tr></tbody></table>",
        '<p><a href="">x</a><a href="http://[">y</a><a href="//">z</a><a href="http://x:99999999/">port</a></p>',
        '<p><a href="/%00/">nul</a><a href="/%ff%fe/">bytes</a><a href="/../../etc/passwd">up</a></p>',
        '<p><a href="/media/../../etc/passwd">up</a><a href="/static/%00">static</a></p>',
        "<p>\u202e\u200b😀 تحية 你好：</p>",
        "<script>alert(1)</script><p onclick=alert(1)><img src=x onerror=alert(1)>&lt;script&gt;",
        '<p><a href="https://urldefense.com/v3/__**__;!!">proof</a><a href="/news/?page=9&q=%00">q</a></p>',
    ],
)
def test_hostile_and_empty_texts_are_read_to_the_end(body):
    article = create_article(headline="<script>", summary="%s %(x)s {0}", body=body)

    assert isinstance(findings(article), list)


@pytest.mark.either_database
def test_a_huge_text_is_read_in_good_time():
    sentence = 'The nurse asks: 1 12/2021 860 889 this June 1, <a href="/er/">the hospital’s own long words</a> a.b.c '
    article = create_article(body=f"<p>{sentence * 4000}</p><p>{'a' * 100_000}</p><p>{'1-' * 20_000}</p>")
    begin = time.process_time()

    findings(article)

    assert time.process_time() - begin < 10


def test_a_page_of_many_blocks_takes_few_queries():
    image = create_image()
    page = create_page()
    services = [create_service() for _number in range(5)]
    for number in range(60):
        create_block(
            page=page,
            kind=Block.Kind.STORY,
            heading=f"Story {number}",
            text=f'<h3>More</h3><p>Call us. <a href="{services[number % 5].get_absolute_url()}">Our service</a></p>',
            image=image,
            link_label="All our services",
            link_address="/services/",
        )
    page = type(page).objects.get(pk=page.pk)

    with CaptureQueriesContext(connection) as queries:
        assert findings(page) == []

    # The blocks, the picture, pages and services at the addresses; the list of services, its sections and locations.
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 7

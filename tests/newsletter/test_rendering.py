"""What a newsletter is mailed as: read by parsers, as mail programs and screen readers do."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.utils import timezone

from newsletter.marks import LEAVE, PREFERENCES
from newsletter.models import EventBlock, EventsBlock, LinkBlock, PictureBlock, PostBlock, PostsBlock, TextBlock
from newsletter.rendering import MOST_BYTES, render_issue
from tests.factories import (
    create_article,
    create_event,
    create_image,
    create_issue,
    create_mailing_list,
)

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
HOSTILE = '<script>alert(1)</script> “it\'s” "quoted" & \u202egnp.exe 😀 שלום'


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


class Read(HTMLParser):
    """The elements of a mail, each as (tag, attributes), and its words."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words, self.open, self.mistakes = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.mistakes.append(tag)

    def handle_data(self, data):
        self.words.append(data)

    def all(self, *tags):
        return [attrs for tag, attrs in self.elements if tag in tags]


def issue_of_all_kinds():
    image = create_image(width=1600, height=900)
    article = create_article(headline="Flu shots", summary="Every Monday.", image=image)
    create_article(headline="A new café", image=image)
    tomorrow = timezone.localdate() + timedelta(days=1)
    event = create_event(title="Knee class", first_day=tomorrow, image=image)
    create_event(title="Walk", first_day=tomorrow, place="Mohegan Park")
    return create_issue(
        subject="Autumn at the hospital",
        published_at=timezone.now(),
        lists=[create_mailing_list(name="Health news")],
        blocks=[
            TextBlock(
                heading="Welcome", text='<p>Ask <a href="/contact/">us</a>.</p><h3>More</h3><ul><li>One</li></ul>'
            ),
            PictureBlock(image=image, caption="The gate."),
            PostBlock(article=article),
            PostsBlock(heading="News", count=3),
            EventBlock(event=event),
            EventsBlock(heading="Events", days=14),
            LinkBlock(link_label="All events", link_address="/events/"),
        ],
    )


def test_a_mail_is_one_document_in_its_language_with_one_h1_and_headings_in_order():
    read = Read(render_issue(issue_of_all_kinds()).html)

    assert (read.mistakes, read.open) == ([], [])
    assert read.all("html") == [{"lang": "en", "dir": "ltr"}]
    headings = [int(tag[1]) for tag, _attrs in read.elements if re.fullmatch(r"h\d", tag)]
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert {attrs["role"] for attrs in read.all("table")} == {"presentation"}


def test_pictures_have_words_a_size_and_a_format_that_mail_programs_know():
    pictures = Read(render_issue(issue_of_all_kinds()).html).all("img")

    assert len(pictures) == 4
    assert {picture["alt"] for picture in pictures} == {"A nurse smiles."}
    assert all(re.fullmatch(rf"{SITE}/media/.+\.jpe?g", picture["src"]) for picture in pictures)
    assert sorted((picture["width"], picture["height"]) for picture in pictures) == [
        ("120", "80"),
        ("552", "310"),
        ("552", "368"),
        ("552", "368"),
    ]


def test_every_address_is_in_full_and_leads_to_the_hospital():
    rendering = render_issue(issue_of_all_kinds())

    links = {attrs["href"] for attrs in Read(rendering.html).all("a")}
    assert links == {
        f"{SITE}/",
        f"{SITE}/contact/",
        f"{SITE}/events/",
        *re.findall(r"http://127.0.0.1:8000/(?:news|events|newsletter)/[\w/-]+/", rendering.text),
        LEAVE,
        PREFERENCES,
    }
    assert rendering.html.count(LEAVE) == rendering.text.count(LEAVE) == 1
    assert rendering.html.count(PREFERENCES) == rendering.text.count(PREFERENCES) == 1


def test_nothing_is_loaded_but_pictures_and_nothing_counts_readers():
    read = Read(render_issue(issue_of_all_kinds()).html)

    assert {tag for tag, _attrs in read.elements} & {"script", "link", "iframe", "form", "object", "base"} == set()
    assert [picture for picture in read.all("img") if int(picture["width"]) < 20] == []
    assert "url(" not in "".join(attrs.get("style") or "" for _tag, attrs in read.elements)


def test_a_mail_knows_the_dark_scheme():
    rendering = render_issue(issue_of_all_kinds())

    schemes = [
        attrs["content"] for attrs in Read(rendering.html).all("meta") if "color-scheme" in attrs.get("name", "")
    ]
    assert schemes == ["light dark", "light dark"]
    assert "@media (prefers-color-scheme:dark)" in rendering.html


def test_the_letter_can_be_read_as_it_is(settings):
    settings.HOSPITAL_ADDRESS = "1 Example Street, Norwich, CT 06360"

    text = render_issue(issue_of_all_kinds()).text

    assert text.startswith("Autumn at the hospital\n======================\n\nWelcome\n-------\n\n")
    assert f"Ask us ({SITE}/contact/).\n\nMore\n----\n\n- One\n" in text
    assert "[Picture: A nurse smiles.]" in text
    assert [line for line in text.splitlines() if len(line) > 72 and "http" not in line] == []
    assert re.findall(r"</?\w+|&\w+;|style=", text) == []
    assert "You get this because you asked Backus Hospital for: Health news." in text
    assert "1 Example Street, Norwich, CT 06360" in text


def test_hostile_words_stay_words():
    image = create_image(alternative_text=HOSTILE)
    article = create_article(headline=HOSTILE, summary=HOSTILE, image=image)
    issue = create_issue(
        subject=f"One\r\nBcc: all@example.org {HOSTILE}", preheader=HOSTILE, blocks=[PostBlock(article=article)]
    )

    rendering = render_issue(issue)

    read = Read(rendering.html)
    assert rendering.subject.startswith("One Bcc: all@example.org <script>")
    assert "\u202e" not in rendering.html + rendering.text
    assert (read.all("script"), read.mistakes) == ([], [])
    assert "".join(read.words).count("<script>alert(1)</script>") == 5
    assert read.all("img")[0].keys() == {"src", "alt", "width", "height", "style"}


def test_a_text_that_was_never_cleaned_brings_no_foreign_element():
    issue = create_issue(blocks=[TextBlock(text="<p>Hello</p>")])
    html = '<p onclick="x()">A<img src=x onerror=y><a href="javascript:alert(1)">b</a></p><iframe></iframe>'
    type(issue.newsletter_block_set.get()).objects.update(text=html)

    read = Read(render_issue(issue).html)

    assert [attrs["href"] for attrs in read.all("a") if "javascript" in (attrs["href"] or "")] == []
    assert (read.all("img"), read.all("iframe"), read.mistakes) == ([], [], [])


def test_nothing_is_sent_where_nothing_stands_in_it():
    empty = create_issue()
    only_fill_ins = create_issue(
        blocks=[
            PostsBlock(heading="News"),
            EventsBlock(heading="Events"),
            LinkBlock(link_label="All", link_address="/news/"),
        ]
    )

    assert (render_issue(empty), render_issue(only_fill_ins)) == (None, None)


def test_two_hundred_posts_are_too_large_to_be_mailed():
    issue = create_issue(blocks=[PostBlock(article=create_article(summary="A word. " * 37)) for _number in range(200)])

    rendering = render_issue(issue)

    assert rendering.size > MOST_BYTES
    assert rendering.is_too_large


@pytest.mark.parametrize("posts", [1, 12])
def test_a_mail_costs_the_same_queries_whatever_its_number_of_posts(posts, django_assert_num_queries):
    image = create_image()
    tomorrow = timezone.localdate() + timedelta(days=1)
    picked = [PostBlock(article=create_article(image=image)) for _number in range(posts)]
    events = [EventBlock(event=create_event(first_day=tomorrow, image=image)) for _number in range(posts)]
    for _number in range(posts):
        create_article(image=image)
        create_event(first_day=tomorrow)
    fill_ins = [PostsBlock(heading="News", count=20), EventsBlock(heading="Events", count=20)]
    issue = create_issue(published_at=timezone.now(), blocks=[*picked, *events, *fill_ins])

    with django_assert_num_queries(6):  # blocks, two of picked events, posts, events, lists
        rendering = render_issue(issue)

    assert rendering is not None

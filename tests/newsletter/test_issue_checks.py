"""What a careful colleague says of a newsletter before it is mailed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.models import EventBlock, EventsBlock, LinkBlock, PictureBlock, PostBlock, PostsBlock, TextBlock
from publishing.checks import findings
from tests.factories import create_article, create_event, create_image, create_issue, create_mailing_list

pytestmark = pytest.mark.django_db


def issue_with(*blocks, **fields):
    return create_issue(published_at=None, **{"lists": [create_mailing_list()], **fields}, blocks=blocks)


def found(issue, at=None):
    return [(finding.level.value, finding.code) for finding in findings(issue, at)]


def words():
    return TextBlock(text="<p>Flu shots are given every Monday of this week.</p>")


def test_a_newsletter_with_everything_in_place_is_left_alone():
    assert found(issue_with(words())) == []


def test_one_without_a_list_or_a_readable_subject_is_refused():
    assert found(issue_with(words(), lists=[])) == [("error", "no-list")]
    assert found(issue_with(words(), subject="***")) == [("error", "empty-subject")]


@pytest.mark.parametrize(("length", "codes"), [(60, []), (61, [("warning", "long-subject")])])
def test_a_long_subject_is_warned_of(length, codes):
    assert found(issue_with(words(), subject="a" * length)) == codes


def test_one_without_a_postal_address_is_refused(settings):
    settings.HOSPITAL_ADDRESS = " "

    assert found(issue_with(words())) == [("error", "no-postal-address")]


def test_blocks_that_would_stay_empty_are_named():
    over = create_event(title="Class", first_day=timezone.localdate() - timedelta(days=3))
    soon = create_article(headline="Soon", published_at=timezone.now() + timedelta(days=1))
    issue = issue_with(
        words(),
        PostsBlock(heading="News"),
        EventsBlock(heading="Events"),
        PostBlock(article=soon),
        EventBlock(event=over),
    )

    messages = [finding.message for finding in findings(issue)]

    assert messages == [
        "There are no posts for “News” now: the block would be left out.",
        "There are no events of the next 14 days for “Events”: the block would be left out.",
        "“Soon” is not live at the time of sending: it would be left out.",
        "“Class” is over by then: it would be left out.",
    ]
    then = [code for _level, code in found(issue, timezone.now() + timedelta(days=2))]
    assert then == ["empty-posts", "empty-events", "empty-event"]


def test_one_in_which_nothing_stands_is_refused():
    assert found(issue_with()) == [("error", "nothing-to-send")]
    link = LinkBlock(link_label="All our news", link_address="/news/")
    assert found(issue_with(link)) == [("error", "nothing-to-send")]


def test_one_that_says_all_in_pictures_is_refused():
    assert found(issue_with(PictureBlock(image=create_image()))) == [("error", "only-pictures")]


def test_one_that_gmail_would_cut_off_is_refused():
    issue = issue_with(TextBlock(text="<p>Words of an editor.</p>" * 2500))

    assert ("error", "too-large") in found(issue)


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("#top", "link-inside-mail"),
        ("http://other.example/", "open-link-in-mail"),
        ("/no-such-page/", "broken-link"),
        ("/admin/", "staff-link"),
    ],
)
def test_links_that_lead_nowhere_are_told(href, code):
    issue = issue_with(TextBlock(text=f'<p>Read <a href="{href}">about the clinic</a>.</p>'))

    assert [each for _level, each in found(issue)] == [code]


def test_a_heading_that_skips_a_level_is_told():
    issue = issue_with(TextBlock(heading="News", text="<h4>Deep</h4><p>Words.</p>"))

    assert found(issue) == [("warning", "heading-jump")]

"""The editors' screens of a newsletter: writing it, seeing the mail, publishing it, calling it off, taking it down."""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils import timezone

from newsletter.admin import call_off_screen
from newsletter.models import BLOCK_TYPES, Issue, Mailing, PostsBlock, TextBlock
from publishing.models import State
from tests.factories import (
    create_article,
    create_editor,
    create_image,
    create_issue,
    create_mailing_list,
    create_subscriber,
    create_superuser,
)
from tests.publishing.desk.forms import change_address, opened, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = create_superuser()
    client.force_login(user)
    return user


def readers_of(mailing_list, count):
    for _number in range(count):
        create_subscriber(lists=[mailing_list], confirmed_at=timezone.now())


def filled(fields, kind, **values):
    """Return `fields`, those of an opened form, with one more block of `kind`."""
    prefix = next(each for each in BLOCK_TYPES if kind == each.KIND)._meta.model_name
    block = {"region": "main", "ordering": "10", **values}
    return {
        **fields,
        f"{prefix}-TOTAL_FORMS": "1",
        **{f"{prefix}-0-{name}": str(value) for name, value in block.items()},
    }


def test_blocks_are_written_and_saving_leads_to_the_mail(client, editor):
    issue = create_issue(published_at=None)
    health = create_mailing_list(name="Health news")
    alerts = create_mailing_list(name="Alerts", sends="site_alerts")
    fields = filled(opened(client, issue), "text", heading="Welcome", text="<p>Hello.</p>")
    fields = filled(fields, "events", heading="Events", days="7", count="3")

    response = save(client, issue, fields, lists=[health.pk], _preview="1")

    assert response["Location"] == change_address(issue, "mail")
    assert [(block.kind, block.heading) for block in issue.newsletter_block_set.order_by("kind")] == [
        ("events", "Events"),
        ("text", "Welcome"),
    ]
    assert list(issue.lists.all()) == [health]
    assert save(client, issue, lists=[alerts.pk]).status_code == 200  # it is for alerts: no choice here
    assert list(issue.lists.all()) == [health]


def test_the_mail_is_shown_as_it_is_drafted_beside_a_live_page(client, editor):
    issue = create_issue(subject="Live", lists=[create_mailing_list()], blocks=[TextBlock(text="<p>Hello.</p>")])
    save(client, issue, subject="Drafted")

    page = client.get(change_address(issue, "mail"))

    assert (page.context["rendering"].subject, page.context["letter"].partition("\n")[0]) == ("Drafted", "Drafted")
    assert Issue.objects.get().subject == "Live"


def test_the_frame_of_the_mail_runs_nothing_and_shows_what_was_chosen(client, editor, settings):
    settings.SITE_URL = "https://hospital.example"
    article = create_article(image=create_image())
    issue = create_issue(published_at=None, blocks=[PostsBlock(heading="News"), TextBlock(text="<p>Hello.</p>")])
    address = change_address(issue, "mail") + "shown/"
    at = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    light = client.get(address, {"at": at})
    dark = client.get(address, {"colours": "dark", "pictures": "none"})

    assert 'src="http://testserver/media/' in light.content.decode()
    assert f"https://hospital.example{article.get_absolute_url()}" in light.content.decode()
    assert "@media not all" in light.content.decode()
    assert "@media all" in dark.content.decode()
    policy = dict(part.strip().partition(" ")[::2] for part in dark["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
    }
    assert dark["X-Frame-Options"] == "SAMEORIGIN"
    assert "leave.invalid" not in light.content.decode()


@pytest.mark.parametrize("at", ["nonsense", "2999-01-01T00:00", "\x00"])
def test_an_impossible_time_is_told(client, editor, at):
    page = client.get(change_address(create_issue(blocks=[TextBlock(text="<p>A</p>")]), "mail"), {"at": at})

    assert (page.status_code, page.context["wrong_time"]) == (200, True)


def test_an_empty_newsletter_says_so(client, editor):
    issue = create_issue(published_at=None)

    page = client.get(change_address(issue, "mail"))

    assert page.context["rendering"] is None
    assert client.get(change_address(issue, "mail") + "shown/").content == b""


def test_the_publish_screen_tells_to_how_many_it_goes(client, editor):
    health, events = create_mailing_list(name="Health"), create_mailing_list(name="Events")
    readers_of(health, 2)
    readers_of(events, 1)
    create_subscriber(lists=[health, events], confirmed_at=timezone.now())
    issue = create_issue(published_at=None, lists=[health, events], blocks=[TextBlock(text="<p>Hello.</p>")])

    (panel,) = client.get(change_address(issue, "publish")).context["consequences"]

    assert [(row.title, row.detail) for row in panel.rows] == [
        ("Events:", "2 addresses"),
        ("Health:", "3 addresses"),
        ("In all 4 addresses, each once; those that are blocked are left out.", ""),
        (
            "Sending begins within a minute of the publication.",
            "What has been sent cannot be taken back, and it is sent only once.",
        ),
    ]


def test_one_that_was_mailed_is_not_mailed_again_and_its_mails_stay(client, editor):
    issue = create_issue(blocks=[TextBlock(text="<p>Hello.</p>")], lists=[create_mailing_list()])
    Mailing.objects.create(issue=issue, subject="x", text="x", addresses=1200, state=Mailing.State.DONE)

    (panel,) = client.get(change_address(issue, "publish")).context["consequences"]
    down = client.get(change_address(issue, "unpublish"))

    assert "to 1,200 addresses" in panel.rows[0].title
    assert panel.rows[1].title.startswith("It is not mailed a second time.")
    assert [str(message) for message in get_messages(down.wsgi_request)] == [
        "It has been mailed to 1,200 addresses. Mails that were sent stay sent: only its page on the web goes."
    ]


def test_a_scheduled_one_is_called_off_and_others_are_not(client, editor):
    issue = create_issue(published_at=timezone.now() + timedelta(days=1))
    live = create_issue()

    assert client.get(change_address(issue, "call-off")).context["scheduled"] is True
    client.post(change_address(issue, "call-off"))
    client.post(change_address(live, "call-off"))

    assert Issue.objects.get(pk=issue.pk).state_at() == State.DRAFT
    assert Issue.objects.get(pk=live.pk).state_at() == State.LIVE


def test_one_that_went_live_while_its_editor_called_it_off_stays_live(rf, editor):
    issue = create_issue(published_at=timezone.now() + timedelta(days=1))
    request = rf.post(change_address(issue, "call-off"))
    request.user, request._messages = editor, CookieStorage(request)
    Issue.objects.filter(pk=issue.pk).update(published_at=timezone.now() - timedelta(seconds=1))

    call_off_screen.screen(site.get_model_admin(Issue), request, issue)

    assert Issue.objects.get(pk=issue.pk).state_at() == State.LIVE
    assert [str(message) for message in request._messages] == ["It is not scheduled, so there is nothing to call off."]


def test_who_may_only_look_sends_and_calls_off_nothing(client):
    issue = create_issue(published_at=timezone.now() + timedelta(days=1), blocks=[TextBlock(text="<p>Hello.</p>")])
    client.force_login(create_editor(permissions=["view_issue"]))

    assert client.get(change_address(issue, "mail")).status_code == 200
    assert client.post(change_address(issue, "mail"), {"to": "a@example.org"}).status_code == 403
    assert client.post(change_address(issue, "call-off")).status_code == 403
    assert issue.trial_mails.count() == 0


@pytest.mark.parametrize("issues", [1, 3])
def test_the_list_costs_the_same_queries_however_many(client, editor, issues, django_assert_max_num_queries):
    for _number in range(issues):
        issue = create_issue()
        Mailing.objects.create(issue=issue, subject="x", text="x")

    with django_assert_max_num_queries(13):
        response = client.get("/admin/newsletter/issue/")

    assert response.content.decode().count("Being sent") == issues

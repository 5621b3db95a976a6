"""The screens of mailings: how far each is, who may pause, go on and stop, and who sees addresses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter import pace
from newsletter.mailing_panel import stuck
from newsletter.models import Delivery, Mailing, TextBlock
from publishing.dashboard import Viewer
from publishing.models import AuditEntry
from tests.factories import create_editor, create_issue, create_mailing_list, create_superuser
from tests.newsletter.mailings import begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailing():
    """A mailing to three: one got it, one was refused, one waits."""
    mailing = begin("ana@example.org", "ben@example.org", "cy@example.org", subject="Healthy at home")
    change = Delivery.objects.filter
    change(subscriber__email="ana@example.org").update(state="sent")
    change(subscriber__email="ben@example.org").update(state="refused", problem="550 no mailbox")
    return mailing


def screen(mailing, name="change"):
    return reverse(f"admin:newsletter_mailing_{name}", args=[mailing.pk])


def sign_in(client, *permissions):
    user = create_editor(permissions=permissions)
    client.force_login(user)
    return user


def test_the_screen_tells_how_far_it_is_and_what_went_wrong(client, mailing):
    sign_in(client, "view_mailing")

    page = client.get(screen(mailing))

    progress = page.context["progress"]
    assert [number for _word, number in progress.rows] == [1, 1, 1, 0, 0]
    assert (progress.settled, progress.percent) == (2, 66)
    assert progress.problems == [("550 no mailbox", "Refused", 1)]
    assert '<progress id="mailing-progress" class="mailing__bar" max="3" value="2">' in page.content.decode()


def test_htmx_gets_the_numbers_alone_and_asks_again_only_while_it_is_sent(client, mailing):
    sign_in(client, "view_mailing")

    going = client.get(screen(mailing), headers={"HX-Request": "true"}).content.decode()
    Mailing.objects.update(state="paused")
    paused = client.get(screen(mailing), headers={"HX-Request": "true"}).content.decode()

    assert ("<html" in going, "hx-get" in going, "hx-get" in paused) == (False, True, False)


@pytest.mark.parametrize(("permission", "sees"), [("view_mailing", False), ("view_subscriber", True)])
def test_addresses_are_for_those_who_see_subscribers(client, mailing, permission, sees):
    sign_in(client, "view_mailing", permission)

    page = client.get(screen(mailing)).content.decode()

    assert ("ben@example.org" in page, "ana@example.org" in page) == (sees, False)


def test_who_may_change_mailings_pauses_and_does_not_stop(client, mailing):
    user = sign_in(client, "view_mailing", "change_mailing")

    answers = [client.post(screen(mailing, name)).status_code for name in ("pause", "go_on", "stop")]

    mailing.refresh_from_db()
    assert (answers, mailing.state) == ([302, 403, 403], "paused")
    entry = AuditEntry.objects.get(action="mailing paused")
    assert (entry.user_name, entry.thing_title) == (user.username, "Healthy at home")


def test_who_may_publish_newsletters_goes_on_and_stops_for_good(client, mailing):
    sign_in(client, "view_mailing", "change_mailing", "publish_issue")
    client.post(screen(mailing, "pause"))

    client.post(screen(mailing, "go_on"))
    mailing.refresh_from_db()
    assert mailing.state == "sending"

    asked = client.get(screen(mailing, "stop"))
    client.post(screen(mailing, "stop"))
    client.post(screen(mailing, "go_on"))

    mailing.refresh_from_db()
    assert (asked.status_code, mailing.state, mailing.done_at is not None) == (200, "cancelled", True)
    assert AuditEntry.objects.filter(thing_model="newsletter.mailing").count() == 3


def test_who_may_not_look_does_not_stop_either(client, mailing):
    sign_in(client, "publish_issue")

    answers = [client.post(screen(mailing, name)).status_code for name in ("go_on", "stop")]

    assert answers == [403, 403]


def test_a_look_changes_nothing(client, mailing):
    sign_in(client, "view_mailing", "change_mailing", "publish_issue")

    answers = [client.get(screen(mailing, name)).status_code for name in ("pause", "go_on", "stop")]

    mailing.refresh_from_db()
    assert (answers, mailing.state) == ([405, 405, 200], "sending")


@pytest.mark.parametrize("number", ["0", "9" * 30, "nine"])
def test_a_mailing_that_is_not_there_is_not_found(client, number):
    client.force_login(create_superuser())

    assert client.get(f"/admin/newsletter/mailing/{number}/change/").status_code == 404
    assert client.post(f"/admin/newsletter/mailing/{number}/pause/").status_code == 404


def test_the_list_has_a_bar_for_each_in_one_query(client, mailing):
    client.force_login(create_superuser())
    begin("dee@example.org")

    page = client.get(reverse("admin:newsletter_mailing_changelist")).content.decode()

    assert '<progress max="3" value="2" aria-label="2 of 3">2 of 3</progress>' in page
    assert '<progress max="1" value="0" aria-label="0 of 1">0 of 1</progress>' in page


def test_the_front_page_tells_what_is_stuck_and_only_then(mailing):
    now = timezone.now()
    viewer = Viewer(create_superuser(), now)
    assert stuck(viewer) is None

    pace.note_failure("ConnectionRefusedError", now)
    assert [row.title for row in stuck(viewer).rows] == ["Healthy at home"]

    pace.note_success()
    Mailing.objects.update(state="paused", problem="The mail server refused 20 mails in a row: no")
    assert [row.detail for row in stuck(viewer).rows] == ["The mail server refused 20 mails in a row: no"]
    assert stuck(Viewer(create_editor(), now)) is None


def test_the_front_page_leads_to_a_newsletter_that_was_not_mailed():
    now = timezone.now()
    mailing_list = create_mailing_list()
    text = TextBlock(text="<p>Words.</p>")
    old = create_issue(lists=[mailing_list], blocks=[text], published_at=now - timedelta(days=2))
    create_issue(lists=[mailing_list], subject="Empty", published_at=now - timedelta(hours=1))

    [first, second] = stuck(Viewer(create_superuser(), now)).rows

    assert first.address == reverse("admin:newsletter_issue_change", args=[old.pk])
    assert first.detail.endswith("It is not sent so long after: take it down and publish it anew.")
    assert second.detail.endswith("and not mailed: nothing stands in it.")

"""The editors' front page: what waits, for whom, and how little it asks of the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import drafting
from publishing.broken_links import go_on
from publishing.dashboard import panels_for
from publishing.models import Draft, LinkRound
from publishing.tracking import tracked_models
from tests.factories import (
    create_alert,
    create_article,
    create_department,
    create_editor,
    create_event,
    create_image,
    create_reading,
    create_superuser,
)
from tests.publishing.desk.forms import save

pytestmark = pytest.mark.django_db


def rows_of(user, title, now=None):
    """Return the titles in the panel called `title`; None where there is no such panel."""
    panel = next((panel for panel in panels_for(user, now) if panel.title == title), None)
    return panel and [row.title for row in panel.rows]


def test_own_drafts_and_those_that_wait_for_review(client, client_of):
    chief, author = create_superuser(), create_editor(permissions=["change_article", "view_article"])
    mine, theirs = create_article(headline="Mine"), create_article(headline="Theirs")
    save(client_of(chief), mine, headline="Mine, changed")
    save(client_of(author), theirs, headline="Theirs, changed")
    Draft.objects.filter(title="Theirs, changed").update(review="submitted")

    assert rows_of(chief, "My drafts") == ["Mine, changed"]
    assert rows_of(chief, "Waiting for review") == ["Theirs, changed"]
    assert rows_of(author, "My drafts") == ["Theirs, changed"]
    assert rows_of(author, "Waiting for review") is None


def test_next_fourteen_days_in_their_order(client_of):
    chief = create_superuser()
    now = timezone.now()
    create_article(headline="Last", published_at=now + timedelta(days=13))
    create_event(title="First", published_at=now + timedelta(days=1))
    create_article(headline="Too far", published_at=now + timedelta(days=15))
    live = create_article(headline="Live")
    save(client_of(chief), live, headline="Between")
    drafting.publish(live, user=chief, at=now + timedelta(days=5))

    assert rows_of(chief, "Scheduled, next 14 days") == ["First", "Between", "Last"]


def test_overdue_reviews_with_the_own_ones_first():
    chief = create_superuser()
    today = timezone.localdate()
    create_article(headline="Oldest", review_on=today - timedelta(days=9))
    create_event(title="My own", review_on=today - timedelta(days=1), owner=chief)
    create_article(headline="Not yet", review_on=today + timedelta(days=1))
    create_article(headline="A draft", review_on=today - timedelta(days=9), published_at=None)

    assert rows_of(chief, "Review overdue") == ["My own", "Oldest"]


def test_alert_that_ends_soon_and_consent_that_ends():
    chief = create_superuser()
    create_alert(heading="Visiting hours", expires_at=timezone.now() + timedelta(days=2))
    create_image(shows_patient=True, consent_record="Form 12", consent_expires_on=timezone.localdate())

    assert rows_of(chief, "Taken down soon") == ["Visiting hours"]
    assert len(rows_of(chief, "Consent for a photograph ends")) == 1


def test_waits_that_are_old():
    chief = create_superuser()
    old, fresh = create_department(name="Old"), create_department(name="Fresh")
    create_reading(department=old, observed_at=timezone.now() - timedelta(hours=3))
    create_reading(department=fresh)

    assert rows_of(chief, "ER waits that need you") == ["Old"]


def test_change_that_could_not_go_live_stands_first(client_of):
    chief = create_superuser()
    live = create_article()
    save(client_of(chief), live, headline="Wanted")
    Draft.objects.update(publish_at=timezone.now() - timedelta(days=1), problem="Another has its address.")

    panels = panels_for(chief)

    assert (panels[0].title, panels[0].rows[0].detail) == ("Could not go live", "Another has its address.")


def test_each_role_sees_only_its_own_kinds(client):
    create_article(headline="News", published_at=timezone.now() + timedelta(days=1))
    coordinator = create_editor(permissions=["view_event", "change_event"])
    client.force_login(coordinator)

    page = client.get("/admin/").content.decode()

    assert rows_of(coordinator, "Scheduled, next 14 days") == []
    assert "ER waits that need you" not in page
    assert "Not found by visitors" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_front_page_asks_the_same_of_the_database_whatever_there_is(client, django_assert_num_queries, count):
    client.force_login(create_superuser())
    now = timezone.now()
    for number in range(count):
        create_article(published_at=now + timedelta(days=1, seconds=number))
        create_event(review_on=timezone.localdate() - timedelta(days=2))
    client.get("/admin/")

    with django_assert_num_queries(34):
        assert client.get("/admin/").status_code == 200


def test_links_that_lead_nowhere_by_now_are_found_on_the_round():
    chief = create_superuser()
    target = create_article(slug="target")
    create_article(headline="Links", body='<p>Read <a href="/news/target/">about the clinic</a>.</p>')
    go_round()
    assert rows_of(chief, "Broken links") == []

    target.delete()
    go_round()

    assert rows_of(chief, "Broken links") == ["Links"]


def test_broken_link_is_forgotten_with_the_page_that_had_it():
    chief = create_superuser()
    article = create_article(headline="Links", body='<p>Read <a href="/nowhere/">about the clinic</a>.</p>')
    go_round()
    assert rows_of(chief, "Broken links") == ["Links"]

    article.delete()
    go_round()

    assert rows_of(chief, "Broken links") == []


def go_round():
    """Look at every live thing once, a few at a time."""
    LinkRound.objects.all().delete()
    for _step in range(2 * len(tracked_models())):
        go_on(most=2)

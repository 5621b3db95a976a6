import pytest

from tests.factories import create_text_alert

pytestmark = pytest.mark.django_db


def test_the_page_says_all_that_one_has_to_know(client):
    alert = create_text_alert(name="Health tips", keyword="HEALTH", short_code="12345")

    content = client.get(alert.get_absolute_url()).content.decode()

    assert 'href="sms:12345?body=HEALTH"' in content
    for words in (alert.what, alert.how_often, alert.rates, alert.stop, alert.help, alert.terms, alert.privacy):
        assert str(words) in content


def test_a_draft_is_shown_to_nobody(client):
    draft = create_text_alert(name="Draft", published_at=None)
    create_text_alert(name="Live")

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert [each.name for each in client.get("/newsletter/text-alerts/").context["text_alerts"]] == ["Live"]


def test_without_any_the_page_says_so(client):
    assert "There are no text alerts at the moment." in client.get("/newsletter/text-alerts/").content.decode()

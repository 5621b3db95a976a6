"""Site alerts by mail: only those that were asked to be, once, when they are live."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from newsletter.models import Mailing, MailingList
from pages.mailed_alerts import mail_live_alerts
from pages.models import SiteAlert
from tests.factories import create_alert, create_mailing_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailing_list():
    return create_mailing_list(sends=MailingList.Sends.SITE_ALERTS)


def create(**fields):
    now = timezone.now()
    defaults = {"heading": "No water", "severity": "warning", "by_mail": True, "published_at": now}
    return create_alert(**{**defaults, **fields})


def test_a_warning_is_mailed_once_when_it_goes_live():
    alert = create(
        published_at=timezone.now() + timedelta(hours=1),
        text="Use the east door.\n\nBring water.",
        link_label="Where",
        link_address="/locations/",
    )
    mail_live_alerts()
    assert Mailing.objects.count() == 0

    mail_live_alerts(alert.published_at)
    mail_live_alerts(alert.published_at + timedelta(minutes=1))

    mailing = Mailing.objects.get()
    assert mailing.subject == "Warning: No water"
    assert mailing.text.startswith(
        "No water\n\nUse the east door.\nBring water.\n\nWhere:\nhttp://127.0.0.1:8000/locations/\n\nAs of "
    )


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"by_mail": False}, id="not-asked-for"),
        pytest.param({"severity": "notice"}, id="notice"),
        pytest.param({"published_at": None}, id="draft"),
        pytest.param({"published_at": timezone.now() - timedelta(days=2)}, id="old"),
        pytest.param({"demonstration": True}, id="demonstration"),
    ],
)
def test_others_are_not_mailed(fields):
    create(**fields)

    mail_live_alerts()

    assert Mailing.objects.count() == 0


def test_a_notice_cannot_be_mailed_and_the_editor_is_told():
    with pytest.raises(ValidationError) as caught:
        SiteAlert(heading="Flu shots", severity="notice", by_mail=True).clean()

    assert caught.value.message_dict == {"by_mail": ["Only an emergency or a warning is mailed. A notice is not."]}

import pytest

from events.models import RegistrationMail
from events.telling import tell_registered
from tests.factories import create_event, create_registration

pytestmark = pytest.mark.django_db

Kind = RegistrationMail.Kind


@pytest.fixture
def date():
    return create_event().dates.get()


def test_everybody_who_comes_or_hopes_to_is_told_once(date):
    coming = create_registration(date)
    offered = create_registration(date, state="offered", offered_until=date.starts_at)
    waiting = create_registration(date, state="waiting")
    create_registration(date, state="cancelled")
    create_registration(create_event().dates.get())

    told = tell_registered([date], Kind.DATE_CANCELLED, message="The nurse is ill.", occasion="act-1")

    assert told == 3
    mails = RegistrationMail.objects.order_by("registration").values_list("registration", "kind", "message")
    assert list(mails) == [(each.pk, "date_cancelled", "The nurse is ill.") for each in (coming, offered, waiting)]


def test_the_same_occasion_is_not_told_twice_and_another_one_is(date):
    create_registration(date)

    tell_registered([date], Kind.DATE_CHANGED, occasion="act-1")

    assert tell_registered([date], Kind.DATE_CHANGED, occasion="act-1") == 0
    assert tell_registered([date], Kind.DATE_CHANGED, occasion="act-2") == 1
    assert RegistrationMail.objects.count() == 2


def test_of_many_people_there_are_few_queries(date, django_assert_max_num_queries):
    for _each in range(30):
        create_registration(date)

    with django_assert_max_num_queries(3):
        assert tell_registered([date.pk], Kind.DATE_CHANGED, occasion="act-1") == 30

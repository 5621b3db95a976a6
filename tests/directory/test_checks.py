import pytest
from django.core import checks

from directory.checks import check_main_phone
from directory.models import Contact
from tests.factories import create_contact

pytestmark = pytest.mark.django_db


def test_main_number_and_setting_must_agree(settings):
    settings.MAIN_PHONE = "+18608898331"
    create_contact(role=Contact.Role.MAIN, number="860-889-9999")

    [warning] = check_main_phone(databases=["default"])

    assert (warning.id, warning.level) == ("directory.W001", checks.WARNING)
    assert warning.msg == "The directory's main number is +18608899999, the setting MAIN_PHONE +18608898331."


def test_agreement_is_silent(settings):
    settings.MAIN_PHONE = "+18608898331"
    create_contact(role=Contact.Role.MAIN, number="860-889-8331")

    assert check_main_phone(databases=["default"]) == []


def test_an_empty_directory_is_silent():
    assert check_main_phone(databases=["default"]) == []


def test_the_database_is_not_asked_unless_the_check_may(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert check_main_phone() == []

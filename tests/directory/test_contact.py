import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.models import Contact, ContactNumber
from tests.factories import LIVE_SINCE, create_contact, create_number, create_section

pytestmark = pytest.mark.django_db

Kind = ContactNumber.Kind


@pytest.mark.parametrize(
    ("fields", "displayed", "dial_address"),
    [
        pytest.param({"number": "860-889-8331"}, "860.889.8331", "tel:+18608898331", id="voice"),
        pytest.param(
            {"number": "860-889-8331 ext. 2215"}, "860.889.8331 ext. 2215", "tel:+18608898331,2215", id="extension"
        ),
        pytest.param({"number": "860-889-8331", "kind": Kind.TTY}, "860.889.8331", "tel:+18608898331", id="tty"),
        pytest.param({"number": "860-889-8331", "kind": Kind.FAX}, "860.889.8331", "", id="fax"),
        pytest.param({"short_code": "31996", "kind": Kind.SHORT_CODE}, "31996", "sms:31996", id="short-code"),
    ],
)
def test_a_number_is_shown_and_dialled_after_its_kind(fields, displayed, dial_address):
    number = create_number(**fields)

    assert (number.displayed, number.dial_address, str(number)) == (displayed, dial_address, displayed)


FITS = "A short code, or 711, goes into its own field, every other number into “number”."


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"kind": Kind.VOICE}, id="voice-without-number"),
        pytest.param({"kind": Kind.VOICE, "short_code": "31996"}, id="voice-with-short-code"),
        pytest.param({"kind": Kind.FAX, "number": "860-889-8331", "short_code": "31996"}, id="both"),
        pytest.param({"kind": Kind.SHORT_CODE}, id="short-code-without-one"),
        pytest.param({"kind": Kind.SHORT_CODE, "number": "860-889-8331"}, id="short-code-with-number"),
    ],
)
def test_a_number_that_does_not_fit_its_kind_is_refused(fields):
    number = ContactNumber(contact=create_contact(), **fields)

    with pytest.raises(ValidationError) as refused:
        number.full_clean()

    assert refused.value.messages == [FITS]
    with pytest.raises(IntegrityError), transaction.atomic():
        number.save()


@pytest.mark.parametrize("short_code", ["31a96", "31 996", "+31996", "٣١٩٩٦", "31.96"])
def test_a_short_code_has_digits_only(short_code):
    number = ContactNumber(contact=create_contact(), kind=Kind.SHORT_CODE, short_code=short_code)

    with pytest.raises(ValidationError) as refused:
        number.full_clean()

    assert refused.value.message_dict == {"short_code": ["A short code has digits only, such as 31996."]}


@pytest.mark.parametrize("number", ["123", "abc", "860-889", "999-999-9999-9999"])
def test_what_is_no_phone_number_is_refused(number):
    with pytest.raises(ValidationError) as refused:
        create_number(number=number)

    assert list(refused.value.message_dict) == ["number"]


def test_a_contact_without_a_name_is_kept_but_not_published():
    nameless = create_contact(name="", published_at=None)
    assert str(nameless) == "(no name yet)"

    nameless.published_at = LIVE_SINCE

    with pytest.raises(ValidationError) as refused:
        nameless.full_clean()
    assert refused.value.messages == ["Give it a name before it is published: visitors would see a number of nobody."]
    with pytest.raises(IntegrityError), transaction.atomic():
        nameless.save()


@pytest.mark.parametrize("role", Contact.Role)
def test_a_role_is_given_once(role):
    create_contact(role=role)
    second = Contact(name="Second", section=create_section(), position=2, role=role)

    with pytest.raises(ValidationError) as refused:
        second.full_clean()

    assert refused.value.messages == ["Another contact has this role already."]
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_many_contacts_have_no_role():
    create_contact()
    create_contact()

    assert Contact.objects.filter(role="").count() == 2


def test_machines_are_told_the_first_telephone_and_no_fax():
    contact = create_contact()
    create_number(contact=contact, kind="fax", number="860-889-8330")
    create_number(contact=contact, kind="short_code", number="", short_code="31996", position=2)
    create_number(contact=contact, number="860-889-8331 ext. 2", position=3)

    assert contact.telephone == "+18608898331"
    assert create_contact().telephone is None


def test_numbers_come_in_their_order_in_one_further_query(django_assert_num_queries):
    contact = create_contact()
    second = create_number(contact=contact, number="860-889-8332", position=2)
    first = create_number(contact=contact, number="860-889-8331", position=1)

    with django_assert_num_queries(2):
        [found] = Contact.objects.with_numbers()
        assert list(found.numbers.all()) == [first, second]


def test_the_first_to_call_is_no_fax():
    contact = create_contact()
    assert contact.first_to_call is None
    create_number(contact=contact, kind=ContactNumber.Kind.FAX, number="860-889-8331", position=1)
    voice = create_number(contact=contact, number="860-823-6389", position=2)

    assert Contact.objects.get(pk=contact.pk).first_to_call == voice

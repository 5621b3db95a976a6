"""What counts as a conflict between contacts, and what does not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from directory.conflicts import Kind, find_conflicts
from directory.models import Contact, ContactNumber, NumberCheck
from directory.plain_contacts import read_plain_contacts, value_of
from search.models import Word
from tests.factories import create_check, create_contact, create_number, create_section

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 10, 16, tzinfo=UTC)
KINDS = ContactNumber.Kind


@pytest.fixture
def section():
    return create_section()


def listed(section, *lines):
    """Make a contact of each (name, number, ...); more numbers may follow. Return the contacts."""
    contacts = []
    for position, (name, *numbers) in enumerate(lines, start=1):
        contact = create_contact(name=name, section=section, position=position, published_at=NOON if name else None)
        for number in numbers:
            create_number(contact=contact, number=number)
        contacts.append(contact)
    return contacts


def names_of(kind, at=NOON):
    """Return, of each conflict of `kind`, the names of its contacts."""
    names = dict(Contact.objects.values_list("pk", "name"))
    return [[names[pk] for pk in each.contacts] for each in find_conflicts(at) if each.kind == kind]


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        pytest.param("Human Resources", "human  resources", True, id="the-same-words"),
        pytest.param("Diagnostic Imaging", "X-Ray / Diagnostic Imaging", True, id="a-part-between-slashes"),
        pytest.param("Birthing Center", "Maternity (Birthing Center)", True, id="a-part-in-parentheses"),
        pytest.param("Laura Currie", "Laura Currie, RN, MS", True, id="with-credentials"),
        pytest.param("Currie, Laura", "Laura Currie", True, id="the-family-name-first"),
        pytest.param("Rheumatology Department", "Backus Rheumatology", True, id="with-the-hospital’s-own-name"),
        pytest.param("Radiología", "Radiologia", True, id="without-the-accent"),
        pytest.param("Cardiology (Colchester)", "Cardiology (Mystic)", False, id="at-two-places"),
        pytest.param("Cardiac Rehabilitation", "Rehabilitation", False, id="a-kind-of-it"),
        pytest.param("Smith, Anna", "Smith, John", False, id="of-one-family"),
        pytest.param("Backus Hospital", "Backus Cardiology", False, id="the-hospital-itself"),
        pytest.param("   ", "!!!", False, id="no-word-at-all"),
    ],
)
def test_one_name_with_different_numbers(section, first, second, are_one):
    listed(section, (first, "860-425-5885"), (second, "860-823-6314"))

    assert names_of(Kind.SAME_NAME) == ([[first, second]] if are_one else [])


def test_a_common_number_or_another_kind_of_number_is_no_different_number(section):
    listed(section, ("Billing", "860-425-5885", "860-425-5886"), ("Billing", "860-425-5886"))
    fax, tty = listed(section, ("Records",), ("Records",))
    create_number(contact=fax, number="860-425-5001", kind=KINDS.FAX)
    create_number(contact=tty, number="860-425-5002")

    assert names_of(Kind.SAME_NAME) == []


def test_an_extension_makes_another_number(section):
    listed(section, ("Gift Shop", "860-425-5885 ext. 1"), ("Gift Shop", "860-425-5885 ext. 2"))

    assert names_of(Kind.SAME_NAME) == [["Gift Shop", "Gift Shop"]]
    assert names_of(Kind.ONE_NUMBER) == []


@pytest.mark.parametrize(
    ("first", "second", "are_related"),
    [
        pytest.param("Hospice", "Gift Shop", False, id="nothing-in-common"),
        pytest.param("Medical Group - Colchester", "Medical Group- Colchester", True, id="another-hyphen"),
        pytest.param("Anti- Coagulation Clinic", "Anticoagulation Clinic", True, id="in-two-words"),
        pytest.param("Rehab", "Physical Rehabilitation", True, id="the-beginning-of-a-word"),
        pytest.param("Rheumatology", "Reumatology", True, id="a-typing-error"),
        pytest.param("X-Ray", "Xray", True, id="with-a-hyphen"),
        pytest.param("Surgery Department", "Billing Department", False, id="both-are-departments"),
        pytest.param("Backus Surgery", "Backus Billing", False, id="both-are-of-the-hospital"),
        pytest.param("Donna Handley", "Handley, Donna, RN", True, id="one-person"),
    ],
)
def test_one_number_is_one_thing_twice_or_two_things(section, first, second, are_related):
    listed(section, (first, "860-425-5885"), (second, "860-425-5885"))

    assert names_of(Kind.TWICE) == ([[first, second]] if are_related else [])
    assert names_of(Kind.ONE_NUMBER) == ([] if are_related else [[first, second]])


def test_what_the_other_is_also_called_is_the_same_thing(section):
    imaging, _radiology = listed(section, ("Imaging", "860-425-5885"), ("Radiology", "860-425-5885"))
    Contact.objects.filter(pk=imaging.pk).update(also_known_as="scan, radiology")

    assert names_of(Kind.ONE_NUMBER) == []
    assert names_of(Kind.TWICE) == [["Imaging", "Radiology"]]


def test_words_that_both_are_also_known_by_make_them_no_one_thing(section):
    listed(section, ("Employment", "860-425-5885"), ("Personnel", "860-425-5885"))
    Contact.objects.update(also_known_as="jobs")

    assert names_of(Kind.ONE_NUMBER) == [["Employment", "Personnel"]]


def test_a_fax_that_is_a_phone_elsewhere(section):
    fax, phone = listed(section, ("Records",), ("Records",))
    create_number(contact=fax, number="860-425-5885", kind=KINDS.FAX)
    create_number(contact=phone, number="860-425-5885")

    found = [each for each in find_conflicts(NOON) if each.kind == Kind.ONE_NUMBER]

    assert [str(each.remark) for each in found] == ["A fax in one of them, another kind of line in another."]


def test_short_codes_are_everybodys(section):
    for contact in listed(section, ("Hospice",), ("Gift Shop",)):
        create_number(contact=contact, kind=KINDS.SHORT_CODE, short_code="31996")

    assert names_of(Kind.ONE_NUMBER) == names_of(Kind.TWICE) == []


def test_the_main_number_is_told_of_each_department_and_not_of_extensions(section):
    create_contact(name="Main Phone Number", section=section, number="860-889-8331", role=Contact.Role.MAIN)
    listed(section, ("Case Management", "860-889-8331"), ("Gift Shop", "860-889-8331 ext. 2265"))
    listed(section, ("Hospice", "860-889-8331"))

    assert names_of(Kind.MAIN_NUMBER) == [["Case Management"], ["Hospice"]]
    assert names_of(Kind.ONE_NUMBER) == []


@override_settings(MAIN_PHONE="+18604250000")
def test_without_a_main_contact_the_settings_name_the_main_number(section):
    listed(section, ("Case Management", "860-425-0000"))

    assert names_of(Kind.MAIN_NUMBER) == [["Case Management"]]


def test_without_a_name_or_a_number(section):
    listed(section, ("", "860-425-5885"), ("Hospice",), ("",))

    assert names_of(Kind.NO_NAME) == [[""], [""]]
    assert names_of(Kind.NO_NUMBER) == [["Hospice"], [""]]


def test_a_misspelled_term_is_told_until_it_is_mended(section):
    officer, also = listed(section, ("HIPPA Privacy Officer", "860-425-5885"), ("HIPAA", "860-425-5886"))
    Contact.objects.filter(pk=also.pk).update(also_known_as="hippa")

    assert [each.about for each in find_conflicts(NOON) if each.kind == Kind.SPELLING] == ["hippa → HIPAA"]

    Contact.objects.filter(pk=officer.pk).update(name="HIPAA Privacy Officer")

    assert names_of(Kind.SPELLING) == []


def test_a_rare_word_that_is_nearly_a_common_one_is_misspelled(section):
    known = [("cardiology", 9), ("cardiolgy", 1), ("nutrition", 9), ("nutritions", 1), ("handley", 9)]
    Word.objects.bulk_create([Word(word=word, things=things) for word, things in known], ignore_conflicts=True)
    Word.objects.filter(word__in=["cardiolgy", "nutritions", "handlay"]).update(things=1)
    _, _, person = listed(section, ("Cardiolgy", "860-425-5885"), ("Nutritions", "860-425-5886"), ("Anna Handlay",))
    Contact.objects.filter(pk=person.pk).update(title="Director")

    found = [each.about for each in find_conflicts(NOON) if each.kind == Kind.SPELLING]

    assert found == ["cardiolgy → cardiology"]


def test_what_is_taken_down_contradicts_nothing(section):
    _first, second = listed(section, ("Hospice", "860-425-5885"), ("Hospice", "860-425-5886"))
    Contact.objects.filter(pk=second.pk).update(published_at=NOON - timedelta(days=1), expires_at=NOON)

    assert names_of(Kind.SAME_NAME) == []
    assert names_of(Kind.SAME_NAME, at=NOON - timedelta(seconds=1)) == [["Hospice", "Hospice"]]


def test_never_verified_until_somebody_answers(section):
    (contact,) = listed(section, ("Hospice", "860-425-5885"))
    create_check(contact=contact, outcome=NumberCheck.Outcome.NO_ANSWER, checked_at=NOON)
    assert names_of(Kind.NEVER_VERIFIED) == [["Hospice"]]

    create_check(contact=contact, checked_at=NOON)
    assert names_of(Kind.NEVER_VERIFIED) == []

    contact.numbers.update(number="+18604255886")  # another number was never rung
    assert names_of(Kind.NEVER_VERIFIED) == [["Hospice"]]


def test_found_wrong_until_it_is_found_right_or_changed(section):
    (contact,) = listed(section, ("Hospice", "860-425-5885"))
    create_check(contact=contact, outcome=NumberCheck.Outcome.WRONG, checked_at=NOON, note="A bakery.")
    create_check(contact=contact, outcome=NumberCheck.Outcome.NO_ANSWER, checked_at=NOON + timedelta(hours=1))
    found = [each for each in find_conflicts(NOON) if each.kind == Kind.WRONG]
    assert [(each.about, each.remark) for each in found] == [("+18604255885", "A bakery.")]

    create_check(contact=contact, checked_at=NOON + timedelta(hours=2))
    assert names_of(Kind.WRONG) == []


@pytest.mark.parametrize(
    ("review_on", "checked_days_ago", "is_overdue"),
    [
        pytest.param(None, 10, False, id="checked-lately"),
        pytest.param(None, 182, False, id="half-a-year-ago"),
        pytest.param(None, 183, True, id="longer-ago"),
        pytest.param(NOON.date(), 10, False, id="to-be-reviewed-today"),
        pytest.param(NOON.date() - timedelta(days=1), 10, True, id="to-be-reviewed-yesterday"),
    ],
)
def test_overdue(section, review_on, checked_days_ago, is_overdue):
    (contact,) = listed(section, ("Hospice", "860-425-5885"))
    Contact.objects.filter(pk=contact.pk).update(review_on=review_on)
    create_check(contact=contact, checked_at=NOON - timedelta(days=checked_days_ago))

    assert names_of(Kind.OVERDUE) == ([["Hospice"]] if is_overdue else [])


@pytest.mark.parametrize("number", ["860-889-8331", "860-889-8331 ext. 2215", "+44 20 7946 0958"])
def test_a_number_is_read_as_the_model_tells_it(section, number):
    (contact,) = listed(section, ("Hospice", number))

    (plain,) = read_plain_contacts(NOON)

    assert plain.numbers == (("voice", contact.numbers.get().value),)
    assert value_of("tel:+1-860-889-8331;ext=2215") == "+18608898331x2215"


def test_hostile_names_are_only_words(section):
    long = "<script>" * 19
    listed(section, (long, "860-425-5885"), (long, "860-425-5886"), ("((((/|;,", "860-425-5887"))

    assert names_of(Kind.SAME_NAME) == [[long, long]]


def test_an_empty_directory_has_no_conflict():
    assert find_conflicts(NOON) == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_finders_ask_the_same_of_the_database_whatever_there_is(section, django_assert_num_queries, count):
    listed(section, ("Rheumatology", "860-425-5885"))
    listed(section, *[(f"Ward {index}", f"860-425-{1000 + index}") for index in range(count)])

    with django_assert_num_queries(4):
        find_conflicts(NOON)


def test_a_thousand_contacts_on_one_number_take_no_square_of_the_time(section):
    contacts = Contact.objects.bulk_create(
        Contact(section=section, position=1, name=f"Ward{index}", published_at=NOON) for index in range(1000)
    )
    ContactNumber.objects.bulk_create(ContactNumber(contact=each, number="+18604255885") for each in contacts)

    assert [len(each.contacts) for each in find_conflicts(NOON) if each.kind == Kind.ONE_NUMBER] == [1000]

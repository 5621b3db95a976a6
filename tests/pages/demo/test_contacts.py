from collections import Counter

import pytest

from directory.models import Contact, ContactNumber, Section
from pages.demo.account import Outcome, account_for_rows
from pages.demo.rows import read_rows

from .loaded_at import LOADED_AT

pytestmark = pytest.mark.usefixtures("loaded")


def contact_at(label):
    return Contact.objects.get(source_line=next(row.line for row in read_rows() if row.label == label))


def test_every_row_is_accounted_for(loaded):
    outcomes = Counter(account.outcome for account in loaded.directory.rows)

    assert outcomes == {Outcome.PUBLISHED: 62, Outcome.WITHOUT_NUMBER: 5, Outcome.NAMELESS: 3}
    assert outcomes.total() == 70
    assert loaded.directory.summary() == [
        "Directory: 70 rows = 62 published + 5 published without a number + 3 kept unpublished because it has no name.",
        "In the source 65 rows have a number (8 of them with an extension), 5 have none, 3 have no name.",
    ]


def test_sections_stand_in_the_source_order_with_all_their_rows():
    sections = [(section.name, section.contacts.count()) for section in Section.objects.all()]

    assert sections == [
        ("Important contacts", 8),
        ("Backus Health Centers", 9),
        ("Executive leadership team", 7),
        ("Programs and services", 46),
    ]


def test_contacts_keep_the_order_and_the_line_of_the_source():
    lines = list(Contact.objects.values_list("source_line", flat=True))

    assert lines == [row.line for row in read_rows()]


def test_numbers_and_extensions_are_those_of_the_source():
    stored = {
        number.contact.source_line: number.displayed for number in ContactNumber.objects.select_related("contact")
    }

    assert stored == {row.line: row.number for row in read_rows() if row.number}
    assert sum(" ext. " in number for number in stored.values()) == 8


def test_nameless_contacts_stay_drafts():
    nameless = Contact.objects.filter(name="")

    assert [contact.published_at for contact in nameless] == [None, None, None]
    assert Contact.objects.published(LOADED_AT).count() == 67


def test_names_are_tidied_in_typography_only():
    tidied = {row.name: row.tidied_name for row in read_rows() if row.tidied_name != row.name}

    assert tidied == {
        "Aids Counseling Center": "AIDS Counseling Center",
        "Anti- Coagulation Clinic": "Anticoagulation Clinic",
        "Center For Mental Health": "Center for Mental Health",
        "HIPPA Privacy Officer": "HIPAA Privacy Officer",
        "Hartford HealthCare Medical Group- Colchester": "Hartford HealthCare Medical Group - Colchester",
        "Hartford HealthCare Medical Group-Montville": "Hartford HealthCare Medical Group - Montville",
    }


def test_special_contacts_have_their_roles_and_kinds():
    roles = {contact.role: contact.name for contact in Contact.objects.exclude(role="")}
    tty = ContactNumber.objects.get(kind=ContactNumber.Kind.TTY)

    assert roles == {"main": "Main Phone Number", "emergency": "Emergency Department"}
    assert tty.contact.name == "Hearing / Speech Impaired Line (TTY)"


def test_account_tells_what_editors_did():
    contact_at("Important contacts 5").delete()
    Contact.objects.filter(pk=contact_at("Programs and services 21").pk).update(published_at=None)
    nameless = contact_at("Programs and services 27")
    nameless.name, nameless.published_at = "Named by an editor", LOADED_AT
    nameless.save()

    account = account_for_rows(LOADED_AT)

    outcomes = {row_account.row.label: row_account.outcome for row_account in account.rows}
    assert outcomes["Important contacts 5"] == Outcome.DELETED
    assert outcomes["Programs and services 21"] == Outcome.TAKEN_DOWN
    assert outcomes["Programs and services 27"] == Outcome.PUBLISHED
    assert len(outcomes) == 70


def test_a_tidied_name_is_told():
    account = next(a for a in account_for_rows(LOADED_AT).rows if a.row.label == "Programs and services 2")

    assert str(account) == (
        "Programs and services 2: Anti- Coagulation Clinic"
        ' (tidied to "Anticoagulation Clinic"), 860.892.2711: published'
    )

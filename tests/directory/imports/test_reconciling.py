"""Which contact a line speaks of, and by which rule lines come together. Each test reads as a small list."""

import pytest

from directory.models import Contact, Section
from tests.directory.imports.importing import (
    HEADING,
    checked,
    confirmed,
    contacts,
    create_programs,
    file_of,
    imported,
    line_of,
    outcomes,
)
from tests.factories import create_contact, create_number, create_section

pytestmark = pytest.mark.django_db

P = "Programs and services"
FULL = "id,section,position,name,title,note,kind,phone,label,published"


@pytest.fixture
def programs():
    return create_programs()


def told(run, number):
    """Return (outcome, reasons or rule or changes) of a line as a person reads it."""
    line = line_of(run, number)
    return line.outcome, [f"{field}: {why}" for field, why in line.reasons] or line.rule_told or line.changes


def test_a_new_contact_is_stored_as_it_came(programs):
    imported(file_of(f"{P}:,3,Gift\u00a0 Shop:,,860.889.8331,x2265,say hello"))

    contact = Contact.objects.get()
    assert contacts() == [(P, 3, "Gift Shop", ["860.889.8331 ext. 2265"])]
    assert contact.source_line == f"{P}:,3,Gift\u00a0 Shop:,,860.889.8331,x2265,say hello"
    assert contact.source_note == "say hello"


def test_what_is_there_already_is_unchanged_whatever_its_typography(programs):
    create_contact(section=programs, name="Medical Group - Colchester", number="860-537-4601", note="Ring twice")

    run = imported(file_of(f"{P},1,MEDICAL GROUP- Colchester:,,(860) 537-4601,,"))

    assert (outcomes(run), Contact.objects.count()) == ({2: "unchanged"}, 1)
    assert line_of(run, 2).remarks == ["It is written “Medical Group - Colchester” here and stays so."]


def test_a_line_that_was_taken_over_once_is_known_though_the_name_was_corrected_since(programs):
    line = f"{P},25,HIPPA Privacy Officer,,860.823.6314,,"
    imported(file_of(line))
    Contact.objects.update(name="HIPAA Privacy Officer")

    again = checked(file_of(line))

    assert (outcomes(again), line_of(again, 2).changes) == ({2: "unchanged"}, [])


def test_a_changed_number_is_told_field_by_field_and_the_rest_stays(programs):
    create_contact(section=programs, name="Gift Shop", number="860-889-8331", note="Ring twice")

    run = imported(file_of(f"{P},2,Gift Shop,,860.823.6389,,"))

    assert told(run, 2) == ("changed", [["position", "1", "2"], ["phone", "860.889.8331", "860.823.6389"]])
    assert contacts() == [(P, 2, "Gift Shop", ["860.823.6389"])]
    assert Contact.objects.get().note == "Ring twice"


def test_the_same_line_twice_is_merged_by_name_and_number(programs):
    run = imported(file_of(f"{P},1,Gift Shop,,860.889.8331,,", f"{P},7,gift shop:,,(860) 889-8331,,"))

    assert told(run, 3) == ("merged", "Says the same as line 2: section, name and number are equal")
    assert contacts() == [(P, 1, "Gift Shop", ["860.889.8331"])]


def test_a_fax_is_a_further_number_of_its_contact(programs):
    run = imported(file_of(f"{P},1,Gift Shop,,860.889.8331,,", f"{P},1,Gift Shop,,Fax 860.823.6389,,"))

    assert told(run, 3) == ("merged", "A further number of the contact of line 2, told apart by its kind or label")
    assert contacts() == [(P, 1, "Gift Shop", ["860.889.8331", "860.823.6389"])]


def test_numbers_with_labels_are_of_one_contact(programs):
    heading = "section,name,phone,label"

    run = imported(file_of(f"{P},Billing,860.889.8331,", f"{P},Billing,860.823.6389,records", heading=heading))

    assert outcomes(run) == {2: "new", 3: "merged"}
    assert contacts() == [(P, 1, "Billing", ["860.889.8331", "860.823.6389"])]


def test_one_name_with_two_numbers_stays_two_contacts(programs):
    create_section(name="Important contacts")

    run = imported(
        file_of(
            "Important contacts,3,Human Resources,,860.425.5885,,",
            f"{P},26,Human Resources,,860.823.6314,,",
            f"{P},27,Human Resources,,860.823.6315,,",
        )
    )
    again = checked(file_of(f"{P},26,Human Resources,,860.823.6314,,", f"{P},27,Human Resources,,860.823.6315,,"))

    assert outcomes(run) == {2: "new", 3: "new", 4: "new"}
    assert outcomes(again) == {2: "unchanged", 3: "unchanged"}


def test_a_number_of_which_nobody_can_say_whose_it_is_is_refused(programs):
    for number in ("860-425-5885", "860-823-6314"):
        create_contact(section=programs, name="Human Resources", number=number)

    run = checked(file_of(f"{P},1,Human Resources,,860.823.6999,,"))

    assert told(run, 2) == (
        "refused",
        ["name: It is not clear which contact is meant (2 fit). Give its id: an export of this list has it."],
    )


def test_people_of_one_name_are_told_apart_by_their_titles(programs):
    create_contact(section=programs, name="Ana Lee", title="Nurse", number="860-425-5885")

    run = checked(file_of(f"{P},1,Ana Lee,Nurse,860.425.5885,,", f"{P},2,Ana Lee,Surgeon,860.823.6314,,"))

    assert outcomes(run) == {2: "unchanged", 3: "new"}


def test_a_title_may_change(programs):
    create_contact(section=programs, name="Ana Lee", title="Nurse", number="860-425-5885")

    run = checked(file_of(f"{P},1,Ana Lee,Head nurse,860.425.5885,,"))

    assert told(run, 2) == ("changed", [["title", "Nurse", "Head nurse"]])


def test_lines_of_one_contact_that_contradict_each_other_are_refused(programs):
    heading = "section,name,phone,kind,note"

    run = checked(
        file_of(f"{P},Billing,860.889.8331,voice,Monday", f"{P},Billing,860.823.6389,fax,Tuesday", heading=heading)
    )

    assert told(run, 3) == ("refused", ["note: Line 2 says “Monday” of the same contact."])


def test_nameless_lines_are_drafts_and_known_by_their_number(programs):
    content = file_of(f"{P},27,,,860.823.6307,,", f"{P},38,,,860.889.8331,2215,")

    run = imported(content)
    again = checked(content)

    assert outcomes(run) == {2: "new", 3: "new"}
    assert line_of(run, 2).remarks == ["It has no name, so it is imported as a draft: work to do."]
    assert [contact.published_at for contact in Contact.objects.all()] == [None, None]
    assert outcomes(again) == {2: "unchanged", 3: "unchanged"}


def test_a_contact_without_a_number_is_imported_and_that_is_said(programs):
    run = imported(file_of(f"{P},9,Cancer Services,,,,"))

    assert line_of(run, 2).remarks == ["It has no number: visitors are told to ask at the main number."]
    assert contacts() == [(P, 9, "Cancer Services", [])]


def test_the_number_that_a_contact_lacked_is_added(programs):
    create_contact(section=programs, name="Cancer Services")

    run = imported(file_of(f"{P},1,Cancer Services,,860.889.8331,,"))

    assert told(run, 2) == ("changed", [["further number", "", "860.889.8331"]])
    assert contacts() == [(P, 1, "Cancer Services", ["860.889.8331"])]


def test_no_number_is_ever_taken_away(programs):
    contact = create_contact(section=programs, name="Gift Shop", number="860-889-8331")
    create_number(contact=contact, number="860-823-6389", kind="fax", position=2)

    run = imported(file_of(f"{P},1,Gift Shop,,860.425.5885,,", f"{P},1,Gift Shop,,,,"))

    assert outcomes(run) == {2: "changed", 3: "merged"}
    assert contacts() == [(P, 1, "Gift Shop", ["860.425.5885", "860.823.6389"])]


def test_an_unknown_section_is_refused_with_the_one_that_was_meant(programs):
    run = checked(file_of("Programs and service,1,Gift Shop,,,,"))

    assert told(run, 2) == (
        "refused",
        ["section: There is no section “Programs and service”. Was “Programs and services” meant?"],
    )


def test_sections_are_added_where_that_is_wished(programs):
    run = confirmed(checked(file_of("Leadership,1,Ana Lee,,,,", "LEADERSHIP:,2,Ben Moss,,,,"), adds_sections=True))

    assert outcomes(run) == {2: "new", 3: "new"}
    assert list(Section.objects.values_list("name", "slug")) == [(P, "programs"), ("Leadership", "leadership")]


def test_with_an_id_even_the_name_can_change_and_an_empty_cell_empties(programs):
    contact = create_contact(section=programs, name="HIPPA Privacy Officer", title="Officer", note="Old")

    run = imported(file_of(f"{contact.pk},{P},1,HIPAA Privacy Officer,Officer,,,,,yes", heading=FULL))

    assert told(run, 2) == (
        "changed",
        [["name", "HIPPA Privacy Officer", "HIPAA Privacy Officer"], ["note", "Old", ""]],
    )
    assert Contact.objects.get().name == "HIPAA Privacy Officer"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (
            "999999,{P},1,X,,,,,,",
            "id: There is no contact with the id 999999. Leave the cell empty to add it as a new one.",
        ),
        ("{id},{P},1,Gift Shop,,,,,,no", "published: An import takes nothing from visitors. Unpublish it in its form."),
        ("{id},{P},1,,,,,,,", "name: Visitors see it, or are to: it must have a name."),
        (",,1,Gift Shop,,,,,,", "section: Say in which section of the contact page it stands."),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(programs, line, why):
    contact = create_contact(section=programs, name="Gift Shop")

    run = checked(file_of(line.format(P=P, id=contact.pk), heading=FULL))

    assert told(run, 2) == ("refused", [why])


def test_blank_lines_are_counted(programs):
    run = checked(file_of(f"{P},1,Gift Shop,,,,", ",,,,,,", "", f"{P},2,Chapel,,,,"))

    assert outcomes(run) == {2: "new", 3: "blank", 4: "blank", 5: "new"}


def test_positions_go_on_where_the_section_ends(programs):
    create_contact(section=programs, name="Chapel", position=4)

    imported(file_of(f"{P},Gift Shop", f"{P},Parking", heading="section,name"))

    assert [(position, name) for _section, position, name, _numbers in contacts()] == [
        (4, "Chapel"),
        (5, "Gift Shop"),
        (6, "Parking"),
    ]


def test_the_heading_of_the_source_is_understood_whole():
    assert HEADING.split(",") == ["section", "position", "name", "title", "phone", "extension", "source_note"]

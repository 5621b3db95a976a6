import pytest

from directory.models import ContactNumber
from publishing.checks import findings
from tests.factories import create_article, create_contact, create_location, create_menu_item, create_number

pytestmark = pytest.mark.django_db


def unknown(thing):
    """Return the sentences about numbers in `thing`."""
    return [finding.message for finding in findings(thing) if finding.code == "unknown-phone-number"]


def written(text):
    return create_article(body=f"<p>{text}</p>")


@pytest.fixture(autouse=True)
def directory():
    contact = create_contact(number="860-823-6389")
    create_number(contact=contact, number="860-425-3800 ext. 2215")
    create_number(contact=contact, number="860-892-6996", kind=ContactNumber.Kind.FAX)
    create_number(contact=contact, kind=ContactNumber.Kind.SHORT_CODE, short_code="31996")


@pytest.mark.parametrize(
    "text",
    [
        "Call 860-823-6389.",
        "Call (860) 823-6389 or 860.823.6389 or +1 860 823 6389 or 8608236389.",
        "Call 860-425-3800 ext. 2215 or 860.425.3800 x2215, or 860-425-3800.",
        "Fax 860-892-6996",
        "Main number 860.889.8331",
        "Call 911, 988, 211 or 711; text 31996.",
        "In 2019-2020 we saw 1,234,567 patients, 06360-1234.",
        "",
    ],
)
def test_numbers_of_the_directory_are_good(text):
    assert unknown(written(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call 860-823-6398.", "860-823-6398"),
        ("Call (800) 273-8255 now", "(800) 273-8255"),
        ("Llame al 860.823.6398", "860.823.6398"),
    ],
)
def test_a_number_that_the_directory_does_not_know_is_found(text, number):
    assert unknown(written(text)) == [f"The directory does not know the number {number}: check it, or add it there."]


def test_an_extension_that_the_directory_does_not_know_is_found():
    assert unknown(written("Call 860-425-3800 ext. 2251")) == [
        "The directory does not know the extension of 860-425-3800 ext. 2251: check it, or add it there."
    ]


@pytest.mark.parametrize(
    ("href", "count"),
    [
        ("tel:+18608236389", 0),
        ("tel:860-823-6389", 0),
        ("tel:+18604253800,2215", 0),
        ("tel:911", 0),
        ("sms:31996", 0),
        ("sms:988?body=Hello", 0),
        ("tel:+18608236398", 1),
        ("tel:+18604253800,2251", 1),
        ("sms:12345", 1),
        ("tel:" + "9" * 500, 1),
        ("tel:abc", 0),
    ],
)
def test_links_that_dial_are_read_too(href, count):
    assert len(unknown(create_article(body=f'<p><a href="{href}">Call us</a></p>'))) == count


def test_a_number_of_a_contact_that_is_not_live_is_not_known():
    contact = create_contact(number="860-823-6500", published_at=None, note="Or call 860-823-6500")

    assert len(unknown(written("Call 860-823-6500"))) == 1
    assert unknown(contact) == []


def test_every_field_with_words_is_read():
    location = create_location(hours="Monday: 8 to 4\nCall 860-823-6398")
    item = create_menu_item(label="Call us", address="tel:+18608236398")

    assert [(one.field, one.words) for one in findings(location)] == [("hours", "860-823-6398")]
    assert [(one.field, one.words) for one in findings(item)] == [("address", "+18608236398")]

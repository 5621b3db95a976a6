import pytest

from directory.imports.cells import key_of_name, tidied
from directory.imports.rows import understand
from directory.imports.tables import Line
from tests.directory.imports.importing import read_row


@pytest.mark.parametrize(
    ("phone", "extension", "value"),
    [
        ("860.889.8331", "", "+18608898331"),
        ("(860) 889-8331:", "", "+18608898331"),
        ("860 889 8331", "", "+18608898331"),
        ("1-860-889-8331", "", "+18608898331"),
        ("+1 860 889 8331", "", "+18608898331"),
        ("8608898331.0", "", "+18608898331"),
        ("860–889–8331", "", "+18608898331"),
        ("Tel: 860.889.8331", "", "+18608898331"),
        ("860.889.8331, ext. 2215", "", "+18608898331x2215"),
        ("860.889.8331x2215", "", "+18608898331x2215"),
        ("860.889.8331 Extension 2215", "", "+18608898331x2215"),
        ("860.889.8331 (ext 2215)", "", "+18608898331x2215"),
        ("860.889.8331", "x2215", "+18608898331x2215"),
        ("860.889.8331", "Ext 12", "+18608898331x12"),
        ("860.889.8331", "ext. 2215:", "+18608898331x2215"),
        ("860.889.8331", "2215.0", "+18608898331x2215"),
        ("860.889.8331 ext. 2215", "2215", "+18608898331x2215"),
        ("+44 20 7946 0958", "", "+442079460958"),
        ("711", "", "711"),
    ],
)
def test_a_number_is_read_however_it_is_typed(phone, extension, value):
    row = read_row(section="Programs", name="Gift Shop", phone=phone, extension=extension)

    assert (row.errors, row.number.value) == ([], value)


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("info@example.org", "This is an e-mail address. Move it to the column “email”."),
        ("www.example.org", "This is a web address. Move it to the column “web”."),
        ("857-364-43660", "A number has 10 digits, this one 11: “857-364-43660”."),
        ("509-525=5200", "“=” cannot stand in a phone number. Was 509.525.5200 meant?"),
        ("823-6389", "The area code is missing. Was 860.823.6389 meant?"),
        ("31996", "A number has 10 digits, this one 5. A short code goes to the column “short_code”."),
        ("x2215", "There is an extension (2215) without a number: write the whole number before it."),
        ("8.61E+09", "Excel has shortened the number to “8.61E+09”. Write all its digits."),
        ("2026-06-30", "This is a date: Excel has made one of it. Write the number as text."),
        ("100-000-0000", "There is no such number: “100-000-0000”. Look it up again."),
        (
            "860.889.8331 / 860.823.6389",
            "There are several numbers in one cell. Give each a line of its own, and say by “label” which it is.",
        ),
        ("1-800-FLOWERS", "“E F L O R” cannot stand in a phone number."),
        ("=860+889", "This is a formula: “=860+889”. Write its result."),
        ("#REF!", "“#REF!” is an error of Excel’s. Write the value."),
    ],
)
def test_what_is_no_number_is_refused_by_field_with_what_is_wrong(phone, sentence):
    row = read_row(section="Programs", name="Gift Shop", phone=phone)

    assert row.errors == [("phone", sentence)]


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"extension": "desk"}, ("extension", "“desk” is no extension. Write its digits, such as 2215.")),
        (
            {"phone": "860.889.8331 ext. 1", "extension": "2"},
            ("extension", "The phone has the extension 1, this column 2. Which one is right?"),
        ),
        ({"position": "first"}, ("position", "“first” is no place in the section: write 1, 2, 3 …")),
        ({"position": "0"}, ("position", "“0” is no place in the section: write 1, 2, 3 …")),
        ({"email": "860.889.8331"}, ("email", "Enter a valid email address.")),
        (
            {"kind": "pager"},
            ("kind", "“pager” is no kind of number. Write one of: voice, tty, fax, text, short_code, relay."),
        ),
        ({"published": "soon"}, ("published", "Write yes or no, not “soon”.")),
        ({"id": "twelve"}, ("id", "“twelve” is no id of a contact.")),
        ({"short_code": "ABC"}, ("short_code", "A short code has digits only, such as 31996.")),
        (
            {"phone": "860.889.8331", "hours": "8 to 4"},
            ("hours", "“8 to 4”: say AM or PM."),
        ),
        (
            {"phone": "860.889.8331", "short_code": "31996"},
            ("short_code", "A line holds one number: give the short code a line of its own."),
        ),
        ({"title": "x" * 161}, ("title", "Ensure this value has at most 160 characters (it has 161).")),
    ],
)
def test_every_field_says_by_itself_what_is_wrong(cells, error):
    row = read_row(section="Programs", name="Gift Shop", **cells)

    assert row.errors == [error]


def test_a_line_tells_all_that_is_wrong_with_it_at_once():
    row = read_row(section="Programs", name="Gift Shop", position="x", phone="a@b.org", email="none@", extension="?!")

    assert [column for column, _sentence in row.errors] == ["position", "email", "extension", "phone"]


def test_the_noise_of_real_files_is_taken_away():
    row = read_row(
        section="Programs\u00a0 and services: ", position="3.0", name=" Gift\u00a0\u00a0Shop :\u200b", note="a\tb\nc\0"
    )

    assert row.values == {"section": "Programs and services", "position": 3, "name": "Gift Shop", "note": "a b c"}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"kind": "Facsimile"}, "fax"),
        ({"phone": "Fax 860.889.8331"}, "fax"),
        ({"phone": "860.889.8331 (TTY)"}, "tty"),
        ({"name": "Hearing Impaired Line (TTY)"}, "tty"),
        ({"kind": "voice", "name": "TTY"}, "voice"),
        ({"phone": "31996", "kind": "short code"}, "short_code"),
        ({"phone": "711"}, "relay"),
        ({}, None),
    ],
)
def test_the_kind_of_a_number_is_known_by_its_column_or_its_words(cells, kind):
    row = read_row(**{"section": "Programs", "name": "Gift Shop", "phone": "860.889.8331", **cells})

    assert (row.errors, row.number.kind) == ([], kind)


@pytest.mark.parametrize("nothing", ["", "—", "n/a", "N/A", "-"])
def test_what_means_that_there_is_no_number_is_no_number(nothing):
    row = read_row(section="Programs", name="Gift Shop", phone=nothing)

    assert (row.errors, row.number) == ([], None)


def test_a_line_with_neither_a_name_nor_a_number_is_refused():
    row = read_row(section="Programs", name="", phone="", title="Nurse")

    assert row.errors == [("name", "There is neither a name nor a number: nothing that could be imported.")]


def test_a_line_with_more_cells_than_columns_is_refused():
    row = understand(Line(7, ["Programs", "Gift Shop", "more"], "…"), ["section", "name"])

    assert row.errors[0][1].startswith("There are more cells than columns.")


def test_a_very_long_line_is_refused():
    row = understand(Line(7, ["Programs", "x" * 3000], "…"), ["section", "name"])

    assert row.errors == [("", "The line is too long. A quotation mark may be missing in it.")]


def test_an_exports_apostrophe_is_taken_off_again():
    assert [tidied("'=1"), tidied("'@x"), tidied("'tis"), tidied("O'Neill")] == ["=1", "@x", "'tis", "O'Neill"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Medical Group - Colchester", "medical group- Colchester:"),
        ("Medical Group-Montville", "Medical Group – Montville"),
        ("Café", "CAFE"),
        ("Women’s  Health", "Women's Health"),
    ],
)
def test_names_are_compared_without_their_typography(one, other):
    assert key_of_name(one) == key_of_name(other)

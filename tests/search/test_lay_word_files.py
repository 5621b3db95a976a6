import io

import pytest
from django.core.exceptions import ValidationError

from search import lay_word_files
from search.lay_word_files import Line, language_of, read, write
from search.models import LayWord

ROW = Line(2, "corazón", "cardiología; cardiology", "es")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_however_it_was_saved(encoding, separator, end):
    means = '"cardiología; cardiology"' if separator == ";" else "cardiología; cardiology"
    lines = [separator.join(["Words", "MEANS", " Language "]), separator.join(["corazón", means, "es"]), ""]

    assert read(end.join(lines).encode(encoding)).lines == [ROW]


def test_rows_keep_the_numbers_that_a_spreadsheet_shows():
    sheet = read(b'means,note,words,language\n"a\nb",x,one,en\n\n,,,\nc,,three,en\nd,,four\n')

    assert [(line.number, line.words, line.means, line.language) for line in sheet.lines] == [
        (2, "one", "a\nb", "en"),
        (3, "", "", ""),
        (4, "", "", ""),
        (5, "three", "c", "en"),
        (6, "four", "d", ""),
    ]
    assert sheet.other_columns == ["note"]
    assert [line.is_empty for line in sheet.lines] == [False, True, True, False, False]


def test_a_comma_that_was_not_quoted_is_noticed():
    (line,) = read(b"words,means,language\nheart doctor,cardiology,cardiologist,en\n").lines

    assert line.too_many is True


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "The file is empty.", id="empty"),
        pytest.param(b"\xef\xbb\xbf \n", "The file is empty.", id="blank"),
        pytest.param(b"one,two\n1,2\n", "The first row must name the columns: words, means, language.", id="no-header"),
        pytest.param(b"words,means\na,b\n", "The first row must name the columns", id="a-column-is-missing"),
        pytest.param(b"words,words,means,language\n", "A column stands twice in the first row.", id="a-column-twice"),
        pytest.param(b"PK\x03\x04xl", "This is an Excel workbook.", id="excel"),
        pytest.param(b"words,means,language\na\x00,b,en", "The file is no text that can be read.", id="nul"),
        pytest.param(b"\x81\x8d\x8f", "The file is no text that can be read.", id="no-encoding"),
        pytest.param("words,means,language".encode("utf-16"), "The file is no text that can be read.", id="utf-16"),
        pytest.param(b"w" * 1_000_001, "The file is too large: at most 1000 kB.", id="large"),
        pytest.param(b"words,means,language\n" + b"a" * 140_000, "The file cannot be read as CSV", id="one-huge-cell"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(ValidationError) as refused:
        read(content)

    assert refused.value.messages[0].startswith(sentence)


def test_too_many_rows_are_refused_as_a_whole(monkeypatch):
    monkeypatch.setattr(lay_word_files, "MOST_ROWS", 2)

    with pytest.raises(ValidationError, match="The file has 3 rows; at most 2 can"):
        read(b"words,means,language\na,b,en\nc,d,en\ne,f,en\n")


def test_what_is_written_is_read_again_and_is_no_formula():
    rows = [
        LayWord(words="=1+1", means="-2; @x", language="en"),
        LayWord(words="'quoted'", means='say "a, b"', language="es"),
    ]
    file = io.StringIO(newline="")

    write(rows, file)

    assert file.getvalue().splitlines() == ["words,means,language", "'=1+1,'-2; @x,en", '\'quoted\',"say ""a, b""",es']
    assert [(line.words, line.means, line.language) for line in read(file.getvalue().encode()).lines] == [
        (row.words, row.means, row.language) for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("en", "en"), ("ES", "es"), ("English", "en"), ("español", "es"), ("Spanish", "es"), ("fr", None), ("", None)],
)
def test_a_language_may_be_named(text, code):
    assert language_of(text) == code

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lay_words import LayWords
from search.questions import understand
from search.snippets import LENGTH, Marker, markers_of

LONG = "The clinic is on the second floor. " * 10


def marker(query, language="en", **lay_words):
    return markers_of(
        understand(query, LayWords((words, "en", meanings) for words, meanings in lay_words.items())), language
    )[0]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        pytest.param("kidney", "Kidney care", "<mark>Kidney</mark> care", id="capitals"),
        pytest.param("clinics", "The clinic", "The <mark>clinic</mark>", id="another-form"),
        pytest.param("cafe", "The Café", "The <mark>Café</mark>", id="accents-in-the-text"),
        pytest.param("diabétes", "Diabetes", "<mark>Diabetes</mark>", id="accents-in-the-query"),
        pytest.param("women", "Women’s health", "<mark>Women’s</mark> health", id="apostrophe"),
        pytest.param("xray", "An X-ray today", "An <mark>X-ray</mark> today", id="hyphen-in-the-text"),
        pytest.param("x-ray", "An X-ray today", "An <mark>X</mark>-<mark>ray</mark> today", id="hyphen-in-both"),
        pytest.param("lung", "heart-lung machine", "heart-<mark>lung</mark> machine", id="part-of-a-hyphenated-word"),
        pytest.param("heart", "heart-lung machine", "<mark>heart</mark>-lung machine", id="first-part"),
        pytest.param("care", "Scare", "Scare", id="not-inside-a-word"),
        pytest.param("car", "Care", "Care", id="not-the-beginning-alone"),
        pytest.param(
            "a & b", "<b>b</b> & a", "&lt;<mark>b</mark>&gt;<mark>b</mark>&lt;/<mark>b</mark>&gt; &amp; a", id="signs"
        ),
        pytest.param("<script>", "<script>alert(1)", "&lt;<mark>script</mark>&gt;alert(1)", id="markup"),
        pytest.param("", "Nothing & all", "Nothing &amp; all", id="nothing-asked"),
        pytest.param("niño", "El Niño", "El <mark>Niño</mark>", id="a-letter-of-spanish"),
    ],
)
def test_words_that_were_asked_are_marked(query, text, marked):
    assert marker(query).marked(text) == marked


def test_words_of_a_spanish_text_are_compared_by_its_own_rules():
    assert marker("niños", "es").marked("Clínica para el niño") == "Clínica para el <mark>niño</mark>"


def test_what_a_lay_word_means_is_marked():
    assert marker("heart doctor", **{"heart doctor": ["cardiology"]}).marked("Cardiology") == "<mark>Cardiology</mark>"


def test_the_words_of_a_meaning_are_marked_only_together():
    asking = marker("rehab", rehab=["rehabilitation services"])

    assert asking.marked("Services for all") == "Services for all"
    assert asking.marked("Services of rehabilitation") == "<mark>Services</mark> of <mark>rehabilitation</mark>"


def test_words_that_only_begin_so_are_marked_by_the_second_marker():
    exact, loose = markers_of(understand("cardi", LayWords([])), "en")

    assert (exact.marked("Cardiology"), loose.marked("Cardiology")) == ("Cardiology", "<mark>Cardiology</mark>")


def test_the_summary_is_shown_where_it_has_the_word():
    assert marker("kidney").snippet("Kidney care.", "The kidney.") == "<mark>Kidney</mark> care."


def test_else_the_piece_of_the_text_with_the_most_words_is_shown():
    text = f"{LONG}Call for a kidney. {LONG}A transplant of a kidney is done here. {LONG}"

    snippet = marker("kidney transplant").snippet("Care.", text)

    assert "A <mark>transplant</mark> of a <mark>kidney</mark> is done here." in snippet
    assert (snippet[:2], snippet[-2:]) == ("… ", " …")


@pytest.mark.parametrize(
    ("summary", "text", "snippet"),
    [
        pytest.param("Care & more.", "Long text", "Care &amp; more.", id="summary"),
        pytest.param("", "Short <text>", "Short &lt;text&gt;", id="text"),
        pytest.param("", "", "", id="nothing"),
        pytest.param("", "word " * 100, "word " * 36 + "…", id="opening-of-a-long-text"),
    ],
)
def test_without_the_words_the_summary_or_the_opening_is_shown(summary, text, snippet):
    assert marker("kidney").snippet(summary, text) == snippet


def test_a_piece_begins_and_ends_with_whole_words():
    text = "abcdefgh " * 100 + "kidney " + "ijklmnop " * 100

    snippet = marker("kidney").snippet("", text)

    assert {word.replace("<mark>", "").replace("</mark>", "") for word in snippet.split()} == {
        *("…", "abcdefgh", "kidney", "ijklmnop")
    }


def test_a_word_longer_than_a_snippet_is_cut():
    assert len(marker("kidney").snippet("", "x" * 5000)) <= LENGTH + 2


def test_a_text_full_of_the_word_is_quick_to_mark():
    assert marker("kidney").snippet("", "kidney " * 20_000).count("<mark>") > 10


@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=400))
def test_nothing_that_is_typed_or_stored_becomes_markup(query, summary, text):
    question = understand(query, LayWords([]))

    for each in markers_of(question, "en"):
        for html in (each.marked(summary), each.snippet(summary, text)):
            bare = html.replace("<mark>", "").replace("</mark>", "")
            assert "<" not in bare
            assert '"' not in bare


def test_a_markers_of_nothing_marks_nothing():
    assert Marker((), "en").places("Kidney") == []

import pytest

from publishing.checks.manuscript import Passage
from publishing.checks.outline import outline_of
from publishing.checks.reading_grade import grade_of, sentences_of, syllables_in
from tests.factories import create_article, create_page
from tests.publishing.checks.reading import found, messages

PLAIN = "<p>We see you soon. Bring your card and a list of your pills. A nurse will call your name.</p>"
HARD = (
    "<p>The multidisciplinary rehabilitation department coordinates comprehensive cardiovascular evaluations, "
    "facilitating individualized interventions for hospitalized individuals, notwithstanding administrative "
    "considerations.</p>"
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("care", 1), ("nurse", 1), ("called", 1), ("makes", 1), ("the", 1), ("blue", 1), ("eye", 1)),
        *(("table", 2), ("needed", 2), ("classes", 2), ("nation", 2), ("going", 2), ("Patient’s", 2), ("diet", 2)),
        *(("hospital", 3), ("physician", 3), ("radio", 3), ("emergency", 4), ("rehabilitation", 6), ("x", 1)),
    ],
)
def test_syllables_are_counted_by_spelling(word, count):
    assert syllables_in(word) == count


def test_the_grade_is_the_formula_of_flesch_and_kincaid():
    sentences = ["The nurse will call you soon and see to it that you are well cared for"] * 10

    grade = grade_of(sentences)

    # 16 words a sentence, each of one syllable: 0.39 × 16 + 11.8 - 15.59
    assert (round(grade.grade, 2), grade.words) == (2.45, 160)


def test_a_short_text_has_no_grade():
    assert grade_of(["Multidisciplinary rehabilitation"] * 49).grade is None
    assert grade_of([]).grade is None


def test_sentences_end_with_their_paragraph_and_not_with_a_form_of_address():
    html = (
        "<h2>Heading</h2><p>See Dr. Lee at 8 a.m. on Monday! Then go.</p><ul><li><p>One item</p></li></ul>"
        "<table><tbody><tr><td><p>A cell.</p></td></tr></tbody></table><p>123</p>"
    )
    passage = Passage(None, "body", outline_of(html).elements, rich=True)

    assert sentences_of(passage) == ["See Dr. Lee at 8 a.m. on Monday", "Then go", "One item"]


@pytest.mark.django_db
def test_a_plain_text_is_good():
    assert found(create_article(body=PLAIN * 20)) == []


@pytest.mark.django_db
def test_a_hard_text_is_found_with_its_grade_and_longest_sentence():
    article = create_article(body=HARD * 6)

    assert found(article) == [("warning", "reading-grade", "article", "body")]
    (message,) = messages(article, "reading-grade")
    assert message.startswith("The text is hard to read: about grade 16+, where 9 is the goal")
    assert message.endswith(
        "The longest sentence has 17 words: “The multidisciplinary rehabilitation department coordinates comprehensive "
        "cardiovascular evaluations, facilitating indi…”"
    )


@pytest.mark.django_db
def test_other_languages_are_not_measured():
    page = create_page(language="es", lead="Hola")
    page.pages_block_set.create(kind="text", region="main", ordering=1, text=HARD * 6)

    assert found(page) == []

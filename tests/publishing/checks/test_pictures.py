from datetime import UTC, date, datetime

import pytest

from pages.models import Block
from publishing.models import Image
from tests.factories import create_article, create_block, create_image, create_page
from tests.publishing.checks.reading import found, messages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["A nurse smiles.", "Imagine the new wing", "Photographer Anna at work", "The logo"])
def test_a_picture_with_words_is_good(words):
    if words == "The logo":
        words = "The logo of the hospital: a blue cross"

    assert found(create_article(image=create_image(alternative_text=words))) == []


def test_a_picture_marked_as_decoration_is_good():
    assert found(create_article(image=create_image(decorative=True))) == []


@pytest.mark.parametrize(
    "words",
    ["   ", "...", "IMG_1234.jpg", "DSC00012", "nurse-final.PNG", "image", "Photo of", "A picture", "Imagen de"],
)
def test_a_picture_without_real_words_is_an_error(words):
    image = create_image()
    Image.objects.update(alternative_text=words)

    assert found(create_article(image=image)) == [("error", "missing-alternative-text", "article", "image")]


def test_saying_that_a_picture_is_a_picture_is_a_warning():
    image = create_image(alternative_text="A photo of a nurse")

    assert messages(create_article(image=image), "alternative-text-opening") == [
        f"The alternative text of the picture “{image.title}” begins with “A photo of”; "
        "screen readers say that themselves."
    ]


def test_the_picture_is_named_at_the_block_that_shows_it():
    image = create_image()
    Image.objects.update(alternative_text=" ")
    page = create_page()
    create_block(page=page, kind=Block.Kind.PICTURE, image=image)

    assert found(page) == [("error", "missing-alternative-text", "block", "image")]


@pytest.mark.parametrize(
    ("ends_on", "findings"),
    [
        (None, []),
        (date(2026, 3, 1), [("error", "consent-expired")]),
        (date(2026, 3, 2), [("warning", "consent-ends-soon")]),
        (date(2026, 5, 1), [("warning", "consent-ends-soon")]),
        (date(2026, 5, 2), []),
    ],
)
def test_the_consent_must_last(ends_on, findings):
    image = create_image(shows_patient=True, consent_record="Form 12", consent_expires_on=ends_on)
    at = datetime(2026, 3, 3, 3, tzinfo=UTC)  # March 2, 10 PM in Norwich

    assert [(level, code) for level, code, model, field in found(create_article(image=image), at=at)] == findings


def test_the_end_of_the_consent_is_named():
    image = create_image(shows_patient=True, consent_record="Form 12", consent_expires_on=date(2026, 3, 1))

    assert messages(create_article(image=image), "consent-expired") == [
        f"The consent for the picture “{image.title}” ended on March 1, 2026: choose another picture."
    ]

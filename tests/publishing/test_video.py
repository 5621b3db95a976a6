import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from publishing.models import Video
from tests.factories import LIVE_SINCE, create_video

pytestmark = pytest.mark.django_db

MP4 = b"\x00\x00\x00\x18ftypmp42"


def build_video(**fields):
    return Video(title="A", text="B", file=ContentFile(MP4, name="a.mp4"), **fields)


def test_a_film_with_sound_is_not_published_without_captions():
    video = build_video(published_at=LIVE_SINCE)

    with pytest.raises(ValidationError) as refused:
        video.full_clean()

    assert refused.value.messages == ["A film with sound needs captions before it can be published."]
    with pytest.raises(IntegrityError), transaction.atomic():
        video.save()


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"published_at": None}, id="draft"),
        pytest.param({"published_at": LIVE_SINCE, "silent": True}, id="nothing-to-hear"),
        pytest.param({"published_at": LIVE_SINCE, "captions": ContentFile(b"WEBVTT\n", name="a.vtt")}, id="captions"),
    ],
)
def test_other_films_are_kept(fields):
    video = build_video(**fields)

    video.full_clean()
    video.save()

    assert Video.objects.get() == video


def test_a_film_that_is_not_there_yet_shows_its_words():
    video = create_video(with_film=False)

    assert video.is_published_at() is True
    assert not video.file


def test_a_web_page_named_mp4_is_told_beside_the_field():
    video = Video(title="A", text="B", file=ContentFile(b"<html>", name="a.mp4"))

    with pytest.raises(ValidationError) as refused:
        video.full_clean()

    assert refused.value.message_dict == {"file": ["This is not a film we can show. Please use an MP4 or WebM file."]}

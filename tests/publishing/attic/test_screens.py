"""The attic: what editors do on their screens, with real commits."""

import pytest
from django.core.files.base import ContentFile

from publishing import history
from publishing.models import Draft, Image
from tests.factories import create_image, create_superuser, create_video
from tests.publishing.attic.folders import FILM, opens, picture_of, put_away, stored

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_s_deletion_hides_the_picture_at_once_and_a_recovery_shows_it_again(client):
    client.force_login(create_superuser())
    image = create_image()
    name, key = image.file.name, image.pk
    change = {"title": "Lobby", "alternative_text": "A.", "file_ppoi_x": "50", "file_ppoi_y": "50"}
    client.post(f"/admin/publishing/image/{key}/change/", change)
    assert opens(client, name)

    client.post(f"/admin/publishing/image/{key}/delete/", {"post": "yes"})
    assert Image.objects.count() == 0
    assert not opens(client, name)

    version = history.deleted(Image).get()
    client.post("/admin/publishing/image/recover/", {"version": version.pk})
    assert Image.objects.get().file.name == name
    assert opens(client, name)


def test_a_form_that_is_refused_and_a_film_s_new_draft_move_nothing(client):
    client.force_login(create_superuser())
    image, video = create_image(), create_video()
    before = stored()
    new_film = ContentFile(FILM + b"new", name="new.mp4")

    refused = client.post(
        f"/admin/publishing/image/{image.pk}/change/",
        {"title": "", "file": ContentFile(picture_of("red"), name="a.jpg"), "file_ppoi_x": "50", "file_ppoi_y": "50"},
    )
    saved = client.post(
        f"/admin/publishing/video/{video.pk}/change/", {"title": "Other", "text": "Other text.", "file": new_film}
    )

    assert (refused.status_code, saved.status_code) == (200, 302)
    assert Draft.objects.count() == 1
    assert before < stored()
    assert put_away() == set()

"""The library on the editors' screens: uploads that are judged one by one, focal points, consent, replaced files."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from publishing.consent import images_with_consent_ending
from publishing.library_forms import FocalPointField
from publishing.models import Document, Image, Upload
from publishing.tasks import make_renditions
from tests.factories import create_document, create_editor, create_image, pdf_bytes, picture_bytes

pytestmark = pytest.mark.django_db

SCREEN = "/admin/publishing/upload/"
NOT_A_PICTURE = "This is not a picture we can read. Please use a JPEG, PNG, WebP or AVIF file."
ALT_OR_DECORATIVE = "Write the alternative text, or tick “only decoration”: one of the two."


@pytest.fixture
def editor(client):
    """An editor of the library who is signed in."""
    user = create_editor(
        permissions=[f"{act}_{model}" for act in ("add", "change", "view", "delete") for model in ("image", "document")]
    )
    client.force_login(user)
    return user


def jpeg(colour="teal", *, name="lobby.jpg", size=(60, 40)):
    content = picture_bytes(file_format="JPEG", size=size, colour=colour)
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def pdf(text="Hours", *, name="hours.pdf"):
    return SimpleUploadedFile(name, pdf_bytes(text), content_type="application/pdf")


def send(client, *files, **fields):
    return client.post(SCREEN, {"files": list(files), "_upload": "1", **fields})


def send_one(client, file):
    return client.post(SCREEN, {"files": file, "one": "1"}).json()


def words(upload, **values):
    """Return what the form of `upload` sends: all its fields, empty where nothing is given."""
    names = ["title", "alternative_text", "credit", "consent_record", "consent_expires_on"]
    if upload.kind == "document":
        names, values = ["title", "language"], {"language": "en", **values}
    values = {**dict.fromkeys(names, ""), "title": upload.suggested_title, **values}
    return {f"new-{upload.pk}-{name}": value for name, value in values.items()}


def sentences(response, css_class):
    """Return the texts of the elements with `css_class` on the screen."""
    found = re.findall(rf'class="{css_class}[^"]*"[^>]*>(.*?)<', response.content.decode(), flags=re.DOTALL)
    return [" ".join(text.split()) for text in found]


def test_of_several_files_the_good_are_kept_and_the_others_get_their_sentence(client, editor):
    svg = SimpleUploadedFile("../../drawing.jpg", b"<svg onload=alert(1)>", content_type="image/jpeg")
    empty = SimpleUploadedFile("empty.png", b"", content_type="image/png")
    web_page = SimpleUploadedFile("<b>.pdf", b"<html>", content_type="application/pdf")

    response = send(client, jpeg(), svg, pdf(), empty, web_page)

    assert [upload.uploaded_as for upload in Upload.objects.all()] == ["lobby.jpg", "hours.pdf"]
    assert sentences(response, "upload__name") == ["drawing.jpg", "empty.png", "&lt;b&gt;.pdf", ""]
    assert sentences(response, "upload__sentence")[:3] == [
        NOT_A_PICTURE,
        "The file is empty. Please export it again and upload the new file.",
        "This is not a document we can offer. Please use a PDF, or a Word, Excel or PowerPoint file.",
    ]
    assert (Image.objects.count(), Document.objects.count()) == (0, 0)


def test_the_script_is_answered_with_the_card_of_its_file_or_with_a_sentence(client, editor):
    taken = send_one(client, jpeg())
    refused = send_one(client, SimpleUploadedFile("a.jpg", jpeg().read()[:200]))
    missing = client.post(SCREEN, {"one": "1"}).json()

    upload = Upload.objects.get()
    assert (taken["id"], taken["duplicate"]) == (f"new-{upload.pk}", False)
    assert f'name="new-{upload.pk}-alternative_text"' in taken["html"]
    assert refused == {"sentence": "The picture is damaged or cut off. Please export it again and upload the new file."}
    assert missing == {"sentence": "No file arrived. Please try again."}


def test_pictures_join_the_library_with_their_words_and_the_others_wait(client, editor):
    send(client, jpeg("teal"), jpeg("red", name="IMG_0042.JPG"), pdf())
    lobby, other, paper = Upload.objects.all()
    fields = {
        **words(lobby, alternative_text="The lobby with its desk.", credit="Ann"),
        **words(other, title="Ward", credit="Ben"),
        **words(paper, title="Visiting hours", language="es"),
    }

    response = client.post(SCREEN, {**fields, "_add": "1"})

    image, document = Image.objects.get(), Document.objects.get()
    assert (image.title, image.alternative_text, image.credit) == ("Lobby", "The lobby with its desk.", "Ann")
    assert (image.file.name, image.uploaded_as, image.file_width) == (lobby.file.name, "lobby.jpg", 60)
    assert (document.title, document.language, document.size) == ("Visiting hours", "es", len(pdf_bytes("Hours")))
    assert list(Upload.objects.all()) == [other]
    assert ALT_OR_DECORATIVE in response.content.decode()
    assert 'value="Ward"' in response.content.decode()


def test_when_all_have_joined_the_screen_is_empty_and_names_them(client, editor):
    send(client, jpeg())
    upload = Upload.objects.get()

    response = client.post(SCREEN, {**words(upload, alternative_text="A."), "_add": "1"}, follow=True)

    assert response.redirect_chain == [(SCREEN, 302)]
    assert [str(message) for message in response.context["messages"]] == [
        f'Added to the library: <a href="/admin/publishing/image/{Image.objects.get().pk}/change/">Lobby</a>'
    ]


def test_uploading_more_loses_nothing_that_was_typed(client, editor):
    send(client, jpeg())
    upload = Upload.objects.get()

    response = send(client, pdf(), **words(upload, title="Half a title", alternative_text=""))

    assert 'value="Half a title"' in response.content.decode()
    assert "errorlist" not in response.content.decode()


def test_leaving_one_out_keeps_what_was_typed_for_the_others(client, editor):
    send(client, jpeg(), pdf())
    picture, paper = Upload.objects.all()
    name = picture.file.name

    response = client.post(SCREEN, {**words(picture), **words(paper, title="Kept"), "_discard": str(picture.pk)})

    assert list(Upload.objects.all()) == [paper]
    assert not default_storage.exists(name)
    assert 'value="Kept"' in response.content.decode()


@pytest.mark.parametrize("pk", ["", "x", "0", "-1", "9" * 40, "1 OR 1=1"])
def test_leaving_out_what_is_not_there_changes_nothing(client, editor, pk):
    send(client, jpeg())

    assert client.post(SCREEN, {"_discard": pk}).status_code == 200
    assert Upload.objects.count() == 1


def test_a_file_that_the_library_has_is_told_and_kept_only_by_choice(client, editor):
    create_image_from(jpeg(), title="Entrance")
    response = send(client, jpeg(name="copy.jpg"))
    upload = Upload.objects.get()
    fields = words(upload, alternative_text="A.")

    assert ">Entrance</a>" in response.content.decode()
    refused = client.post(SCREEN, {**fields, "_add": "1"})
    assert "Choose: use the one there is, or tick “Keep both”." in refused.content.decode()
    assert Image.objects.count() == 1
    client.post(SCREEN, {**fields, f"new-{upload.pk}-keep_both": "on", "_add": "1"})
    assert Image.objects.count() == 2


def create_image_from(file, **fields):
    image = Image(file=file, alternative_text="A.", **{"title": "a", **fields})
    image.full_clean()
    image.save()
    return image


def test_a_picture_saved_from_a_page_of_the_site_is_known_too(client, editor):
    image = create_image_from(jpeg(), title="Entrance")
    with image.file.open() as stored:
        downloaded = SimpleUploadedFile("from-the-site.jpg", stored.read())

    answer = send_one(client, downloaded)

    assert answer["duplicate"] is True


def test_using_the_one_there_is_leaves_its_file_alone(client, editor):
    document = create_document(content=pdf_bytes("Hours"), name="hours.pdf")
    send(client, pdf())
    upload = Upload.objects.get()

    client.post(SCREEN, {"_discard": str(upload.pk)})

    assert Upload.objects.count() == 0
    assert default_storage.exists(document.file.name)


def test_the_same_file_sent_twice_waits_once(client, editor):
    first = send_one(client, jpeg())
    second = send_one(client, jpeg(name="again.jpg"))

    assert Upload.objects.count() == 1
    assert first["id"] == second["id"]


def test_nobody_meddles_with_the_files_of_another(client, editor):
    send(client, jpeg())
    upload = Upload.objects.get()
    client.force_login(create_editor(permissions=["add_image"]))

    assert upload.uploaded_as not in client.get(SCREEN).content.decode()
    client.post(SCREEN, {"_discard": str(upload.pk)})
    client.post(SCREEN, {**words(upload, alternative_text="Mine now."), "_add": "1"})
    assert (Upload.objects.count(), Image.objects.count()) == (1, 0)


@pytest.mark.parametrize("permissions", [[], ["change_article"], ["view_image", "change_image"]])
def test_the_screen_is_for_those_who_may_add_to_the_library(client, permissions):
    client.force_login(create_editor(permissions=permissions))

    assert client.get(SCREEN).status_code == 403
    assert send(client, jpeg()).status_code == 403
    assert Upload.objects.count() == 0


def test_who_may_add_pictures_only_is_told_of_documents(client):
    client.force_login(create_editor(permissions=["add_image"]))

    assert send_one(client, pdf()) == {"sentence": "You may not add documents."}
    assert Upload.objects.count() == 0


def test_no_other_screen_of_new_files_exists(client, editor):
    send(client, jpeg())
    pk = Upload.objects.get().pk

    assert client.get(f"{SCREEN}add/").status_code == 403
    assert client.get(f"{SCREEN}{pk}/delete/").status_code == 403


def image_fields(image, **values):
    fields = {
        "title": image.title,
        "alternative_text": image.alternative_text,
        "credit": image.credit,
        "file_ppoi_x": "50",
        "file_ppoi_y": "50",
        "consent_record": "",
        "consent_expires_on": "",
    }
    return {**fields, **values}


def change(client, image, **values):
    return client.post(f"/admin/publishing/image/{image.pk}/change/", image_fields(image, **values))


def test_the_focal_point_is_stored_and_the_renditions_are_made_anew(client, editor):
    image = create_image(width=600, height=400)
    make_renditions.func(image.pk)

    assert change(client, image, file_ppoi_x="25", file_ppoi_y="12.5").status_code == 302

    image.refresh_from_db()
    assert (image.file_ppoi, image.renditions_made_at) == ("0.250x0.125", None)


@pytest.mark.parametrize(
    ("x", "y", "sentence"),
    [
        ("-1", "50", "The focal point lies between 0 and 100 percent."),
        ("50", "101", "The focal point lies between 0 and 100 percent."),
        ("left", "50", "Enter a number."),
        ("nan", "50", "Enter a number."),
        ("1e400", "50", "Enter a number."),
    ],
)
def test_what_is_no_point_of_the_picture_is_refused_in_words(x, y, sentence):
    with pytest.raises(ValidationError) as refused:
        FocalPointField().clean([x, y])

    assert refused.value.messages == [sentence]


def test_a_focal_point_that_cannot_be_read_shows_as_the_middle():
    widget = FocalPointField().widget

    assert [widget.decompress(value) for value in ("0.25x1", "", None, "axb", "7", "1x2x3")] == [
        [25, 100],
        [50, 50],
        [50, 50],
        [50, 50],
        [50, 50],
        [50, 50],
    ]


def test_a_replaced_picture_has_a_new_address_and_new_renditions(client, editor):
    image = create_image_from(jpeg())
    make_renditions.func(image.pk)
    image.refresh_from_db()
    former, thumbnail = image.file.name, image.thumbnail_address

    response = client.post(
        f"/admin/publishing/image/{image.pk}/change/", {**image_fields(image), "file": jpeg("red")}, follow=True
    )

    image.refresh_from_db()
    assert image.file.name != former
    assert default_storage.exists(former)
    assert image.renditions_made_at is None
    assert "Check that its words still tell what it shows (“A.”)" in str(next(iter(response.context["messages"])))
    make_renditions.func(image.pk)
    image.refresh_from_db()
    assert image.thumbnail_address != thumbnail


def test_a_replacement_that_is_in_the_library_already_is_told(client, editor):
    create_image_from(jpeg("red"), title="Red")
    image = create_image_from(jpeg())
    address = f"/admin/publishing/image/{image.pk}/change/"

    response = client.post(address, {**image_fields(image), "file": jpeg("red")})

    assert "This file is already in the library as" in response.content.decode()
    assert client.post(address, {**image_fields(image), "file": jpeg("red"), "keep_both": "on"}).status_code == 302


def test_a_replacement_that_is_no_picture_leaves_the_picture_as_it_was(client, editor):
    image = create_image_from(jpeg())
    name = image.file.name

    response = client.post(
        f"/admin/publishing/image/{image.pk}/change/",
        {**image_fields(image), "file": SimpleUploadedFile("a.jpg", b"<svg/>")},
    )

    assert NOT_A_PICTURE in response.content.decode()
    assert Image.objects.get().file.name == name


def test_the_library_is_searched_by_title_words_credit_and_file_name(client, editor):
    image = create_image_from(jpeg(name="IMG_0042 Final.JPG"), title="Lobby", credit="Ann Lee")
    create_image(alternative_text="Another.")

    for query in ("lobby", "A.", "ann lee", "IMG_0042 Final.JPG", "img_0042"):
        response = client.get("/admin/publishing/image/", {"q": query})
        assert image in response.context["cl"].result_list, query
    assert list(client.get("/admin/publishing/image/", {"q": "lee"}).context["cl"].result_list) == [image]


def test_a_patient_is_shown_with_a_consent_record_only():
    image = create_image()
    image.shows_patient = True

    with pytest.raises(ValidationError) as refused:
        image.full_clean()
    assert refused.value.messages == ["A picture that shows a patient needs its consent record."]
    with pytest.raises(IntegrityError), transaction.atomic():
        image.save()


def test_a_consent_without_a_patient_is_asked_about():
    image = create_image()
    image.consent_record = "Folder 7"

    with pytest.raises(ValidationError) as refused:
        image.full_clean()
    assert refused.value.messages == ["Tick “shows a patient”, or leave the consent empty."]


def test_consents_that_end_are_found_the_soonest_first():
    day = date(2026, 3, 1)

    def of_patient(expires_on):
        return create_image(shows_patient=True, consent_record="Folder 7", consent_expires_on=expires_on)

    of_patient(None)
    of_patient(day + timedelta(days=1))
    last, over = of_patient(day), of_patient(day - timedelta(days=90))
    create_image()

    assert list(images_with_consent_ending(day)) == [over, last]


def test_the_list_finds_consents_that_end_within_60_days(client, editor):
    today = timezone.localdate()

    def of_patient(days):
        return create_image(
            shows_patient=True, consent_record="Folder 7", consent_expires_on=today + timedelta(days=days)
        )

    ended, ending, given = of_patient(-1), of_patient(60), of_patient(61)
    create_image()

    def listed(value):
        return set(client.get("/admin/publishing/image/", {"consent": value}).context["cl"].result_list)

    assert listed("ending") == {ended, ending}
    assert listed("ended") == {ended}
    assert listed("patient") == {ended, ending, given}


def test_a_picture_whose_task_has_not_run_shows_its_stored_file_in_the_list():
    image = create_image()

    assert image.thumbnail_address == image.file.url

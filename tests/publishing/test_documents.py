"""Documents: what is taken, what is refused and in which words, and how their address answers."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from pages.composition import compose
from pages.models import Block
from publishing.models import Document, Redirect
from publishing.uploads import check_document
from search.rebuilding import rebuild
from tests.factories import (
    LIVE_SINCE,
    archive_bytes,
    create_block,
    create_document,
    create_page,
    create_superuser,
    pdf_bytes,
)
from tests.responses import body_of

pytestmark = pytest.mark.django_db

NO_DOCUMENT = "This is not a document we can offer. Please use a PDF, or a Word, Excel or PowerPoint file."
DAMAGED = "The PDF is damaged or cut off. Please export it again and upload the new file."
HOLDS_MORE = "The PDF holds parts of a web page or a program. Print it to PDF once more and upload the new file."
WORD = archive_bytes("[Content_Types].xml", "word/document.xml")


def upload(content, name):
    file = ContentFile(content)
    file.name = name
    return file


def refusal(content, name):
    with pytest.raises(ValidationError) as refused:
        check_document(upload(content, name))
    return refused.value.messages


@pytest.mark.parametrize(
    ("content", "name", "stored"),
    [
        (pdf_bytes(), "Visitor Guide.PDF", "visitor-guide.pdf"),
        (pdf_bytes(), "../../etc/passwd.pdf", "passwd.pdf"),
        (pdf_bytes(), "图.pdf", "document.pdf"),
        (WORD, "form.docx", "form.docx"),
        (archive_bytes("[Content_Types].xml", "xl/workbook.xml"), "list.xlsx", "list.xlsx"),
        (archive_bytes("[Content_Types].xml", "ppt/presentation.xml"), "talk.pptx", "talk.pptx"),
    ],
)
def test_a_document_is_taken_under_a_plain_name(content, name, stored):
    checked = check_document(upload(content, name))

    assert (checked.name, checked.read()) == (stored, content)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        pytest.param(b"", "a.pdf", "The file is empty. Please export it again and upload the new file.", id="empty"),
        pytest.param(b"<html><script>alert(1)</script>", "a.pdf", NO_DOCUMENT, id="html-named-pdf"),
        pytest.param(b"%PDF-1.4 <html><script>1</script> %%EOF", "a.pdf", HOLDS_MORE, id="html-in-a-pdf"),
        pytest.param(b"%PDF-1.4 \x00<!DOCTYPE HTML > %%EOF", "a.pdf", HOLDS_MORE, id="doctype-in-a-pdf"),
        pytest.param(b"%PDF-1.4 <</S/JavaScript/JS(app.alert(1))>> %%EOF", "a.pdf", HOLDS_MORE, id="script-in-a-pdf"),
        pytest.param(b"%PDF-1.4 <</S/Launch/F(calc.exe)>> %%EOF", "a.pdf", HOLDS_MORE, id="launches"),
        pytest.param(pdf_bytes()[:40], "a.pdf", DAMAGED, id="cut-off"),
        pytest.param(archive_bytes("a.txt"), "a.pdf", NO_DOCUMENT, id="zip-named-pdf"),
        pytest.param(archive_bytes("a.txt"), "a.docx", NO_DOCUMENT, id="zip-named-docx"),
        pytest.param(archive_bytes("word/document.xml"), "a.docx", NO_DOCUMENT, id="no-word-file"),
        pytest.param(
            archive_bytes("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"),
            "a.docx",
            NO_DOCUMENT,
            id="two",
        ),
        pytest.param(
            archive_bytes("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "a.docx",
            "The file has macros, which run on a reader’s computer. Save it without them.",
            id="macros",
        ),
        pytest.param(
            WORD[:60],
            "a.docx",
            "The file is damaged or cut off. Please save it again and upload the new file.",
            id="word-cut-off",
        ),
        pytest.param(
            WORD,
            "a.pdf",
            "Inside, this is a DOCX file, but its name ends differently. Rename it to end in .docx.",
            id="word-named-pdf",
        ),
        pytest.param(
            pdf_bytes(),
            "a.jpg",
            "Inside, this is a PDF file, but its name ends differently. Rename it to end in .pdf.",
            id="pdf-named-jpg",
        ),
        pytest.param(b"MZ\x90\x00", "a.exe", NO_DOCUMENT, id="program"),
    ],
)
def test_what_is_no_document_is_refused_in_words(content, name, sentence):
    assert refusal(content, name) == [sentence]


def test_a_document_of_more_than_25_megabytes_is_refused_before_it_is_read():
    file = upload(b"", "a.pdf")
    file.size = 30 * 2**20

    with pytest.raises(ValidationError) as refused:
        check_document(file)

    assert refused.value.messages == ["The file has 30 MB; at most 25 MB can be taken. Save it smaller and try again."]


def test_a_refused_file_is_told_beside_its_field():
    with pytest.raises(ValidationError) as refused:
        Document(title="a", file=upload(b"<html>", "a.pdf")).full_clean()

    assert refused.value.message_dict == {"file": [NO_DOCUMENT]}


def test_the_address_sends_the_file_so_that_it_can_be_nothing_else(client):
    document = create_document(title="Guide for visitors")

    response = client.get(f"/documents/{document.pk}/guide-for-visitors/")

    assert document.get_absolute_url() == f"/documents/{document.pk}/guide-for-visitors/"
    assert body_of(response) == pdf_bytes()
    assert {name: response[name] for name in HEADERS} == {**HEADERS, "ETag": f'"{document.content_hash}"'}


HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Disposition": 'inline; filename="guide-for-visitors.pdf"',
    "Content-Language": "en",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, no-cache",
    "Accept-Ranges": "bytes",
    "ETag": "",
}


def test_an_office_file_is_only_ever_a_download(client):
    document = create_document(title="Form", content=WORD, name="form.docx", language="es")

    response = client.get(document.get_absolute_url())
    body_of(response)

    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert response["Content-Disposition"] == 'attachment; filename="form.docx"'
    assert response["Content-Language"] == "es"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_address_follows_when_the_file_is_replaced(client):
    document = create_document(content=pdf_bytes("2025"))
    address, first = document.get_absolute_url(), document.file.name
    etag = f'"{document.content_hash}"'

    document.file = ContentFile(pdf_bytes("2026"), name="guide.pdf")
    document.full_clean()
    document.save()

    assert body_of(client.get(address)) == pdf_bytes("2026")
    assert body_of(client.get(address, headers={"if-none-match": etag})) == pdf_bytes("2026")
    assert document.file.name != first
    with document.file.storage.open(first) as former:
        assert former.read() == pdf_bytes("2025")


def test_what_did_not_change_is_not_sent_again(client):
    document = create_document()
    address = document.get_absolute_url()

    response = client.get(address, headers={"if-none-match": f'"{document.content_hash}"'})

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("slug", ["guide", "Staff-guide", "staff-guide-", "document", "0"])
def test_a_number_without_the_right_name_tells_nothing(client, slug):
    document = create_document(title="Staff guide")
    guessed = client.get(f"/documents/{document.pk}/{slug}/")
    nothing = client.get(f"/documents/{document.pk + 1}/{slug}/")

    assert (guessed.status_code, nothing.status_code) == (404, 404)
    assert "staff-guide/" not in guessed.content.decode()


def rename(client, document, title):
    address = f"/admin/publishing/document/{document.pk}/change/"
    assert client.post(address, {"title": title, "language": document.language}).status_code == 302
    document.refresh_from_db()


def test_every_former_address_leads_to_the_one_of_today(client):
    client.force_login(create_superuser())
    document = create_document(title="First")
    former = [document.get_absolute_url()]
    rename(client, document, "Second")
    former.append(document.get_absolute_url())

    rename(client, document, "Third")

    for address in former:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, f"/documents/{document.pk}/third/")
    assert body_of(client.get(document.get_absolute_url())) == pdf_bytes()


def test_a_title_that_is_taken_back_leads_round_in_no_circle(client):
    client.force_login(create_superuser())
    document = create_document(title="First")

    for title in ("Second", "Third", "First"):
        rename(client, document, title)

    assert body_of(client.get(f"/documents/{document.pk}/first/")) == pdf_bytes()
    for slug in ("second", "third"):
        assert client.get(f"/documents/{document.pk}/{slug}/")["Location"] == f"/documents/{document.pk}/first/"
    assert Redirect.objects.count() == 2


def test_a_title_of_the_same_address_leaves_no_redirect(client):
    client.force_login(create_superuser())
    document = create_document(title="Visitor guide")

    rename(client, document, "Visitor guide!")

    assert Redirect.objects.count() == 0


@pytest.mark.parametrize("path", ["0/a/", "99999999999999999999999/a/", "1/../", "a/a/", "1/", "-1/a/"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/documents/{path}").status_code == 404


def test_a_document_whose_file_is_gone_is_not_found(client):
    document = create_document()
    document.file.storage.delete(document.file.name)

    assert client.get(document.get_absolute_url()).status_code == 404


def test_the_stored_file_has_no_address_of_its_own(client):
    document = create_document()

    assert client.get(f"/media/{document.file.name}").status_code == 404


def test_part_of_a_document_is_sent_where_one_is_asked_for(client):
    document = create_document()

    response = client.get(document.get_absolute_url(), headers={"range": "bytes=0-4"})

    assert (response.status_code, body_of(response)) == (206, b"%PDF-")


def test_documents_in_a_row_are_one_list_with_type_and_size(client):
    page = create_page(path="papers")
    for title in ("One", "Two"):
        create_block(page=page, kind=Block.Kind.DOCUMENT, document=create_document(title=title))

    content = client.get("/papers/").content.decode()

    assert [(group.kind, len(group.blocks)) for group in compose(page).groups] == [("document", 2)]
    assert content.count('class="document-list"') == 1
    assert content.count(f"(PDF, {len(pdf_bytes())}\xa0bytes)") == 2


def test_the_search_finds_a_document_that_stands_on_a_live_page_and_no_other(client):
    shown, hidden, unused = (create_document(title=f"Parking {word}") for word in ("plan", "draft", "unused"))
    create_block(page=create_page(published_at=LIVE_SINCE), kind=Block.Kind.DOCUMENT, document=shown)
    create_block(page=create_page(published_at=None), kind=Block.Kind.DOCUMENT, document=hidden)
    rebuild()

    content = client.get("/search/?q=parking").content.decode()

    found = [each for each in (shown, hidden, unused) if each.get_absolute_url() in content]
    assert found == [shown]

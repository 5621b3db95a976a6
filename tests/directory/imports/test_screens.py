"""The screens under the list of contacts, as an editor's browser asks for them."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory.imports import starting
from directory.models import Contact, ImportRun
from publishing.models import AuditEntry
from tests.directory.imports.importing import checked, contacts, create_programs, file_of, workbook_of
from tests.factories import create_contact, create_editor
from tests.responses import body_of

pytestmark = pytest.mark.django_db

P = "Programs and services"
IMPORT = "/admin/directory/contact/import/"
MAY_IMPORT = ["view_contact", "add_contact", "change_contact", "add_contactnumber", "change_contactnumber"]
ONE = f"{P},1,Gift Shop,,860.889.8331,,"
REFUSED = f"{P},2,Chapel,,info@example.org,,"


@pytest.fixture
def programs():
    return create_programs()


@pytest.fixture
def editor(client, programs):
    editor = create_editor(permissions=[*MAY_IMPORT, "publish_contact", "add_section"])
    client.force_login(editor)
    return editor


def bring(client, content, name="contacts.csv", **data):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **data}, follow=True)


def decide(client, response, **data):
    run = ImportRun.objects.first()
    return client.post(run_address(run), {"digest": run.digest, **data}, follow=True)


def run_address(run):
    return reverse("admin:directory_contact_import_run", args=[run.pk])


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", body_of(response).decode()).split())


def test_an_editor_brings_a_file_looks_confirms_and_reads_the_account(client, editor):
    seen = bring(client, file_of(ONE, REFUSED, ""))
    assert "3 lines = 1 new + 1 blank + 1 refused" in text_of(seen)
    assert "Phone: This is an e-mail address. Move it to the column “email”." in text_of(seen)
    assert Contact.objects.count() == 0

    done = decide(client, seen, refused="leave out", visible="at once")

    assert "Imported." in text_of(done)
    assert contacts() == [(P, 1, "Gift Shop", ["860.889.8331"])]
    assert Contact.objects.published().count() == 1
    assert ImportRun.objects.get().confirmed_by == editor


def test_refused_lines_hold_all_back_unless_they_are_left_out(client, editor):
    seen = bring(client, file_of(ONE, REFUSED))

    stopped = decide(client, seen, refused="stop", visible="at once")

    assert "Nothing is imported: lines are refused." in text_of(stopped)
    assert Contact.objects.count() == 0


def test_a_file_that_cannot_be_read_is_told_beside_its_field(client, editor):
    response = bring(client, b"\0\0", "contacts.xlsx")

    assert response.context["form"].errors == {
        "file": ["The file holds no text that can be read. Save it as .xlsx or as “CSV UTF-8”."]
    }
    assert ImportRun.objects.count() == 0


def test_a_form_without_a_file_asks_for_one(client, editor):
    assert client.post(IMPORT, {}).context["form"].errors == {"file": ["Choose a file first."]}


def test_a_workbook_is_taken_by_the_same_form(client, editor):
    seen = bring(client, workbook_of(["Section", "Name", "Phone"], [P, "Gift Shop", 8608898331.0]), "contacts.xlsx")

    assert "1 line = 1 new" in text_of(seen)


def test_without_the_right_to_publish_all_become_drafts(client, programs):
    client.force_login(create_editor(permissions=MAY_IMPORT))
    seen = bring(client, file_of(ONE))

    done = decide(client, seen, visible="at once")

    assert "visible" not in seen.context["form"].fields
    assert "Visitors see nothing of it yet" in text_of(done)
    assert Contact.objects.get().published_at is None


def test_sections_are_added_only_by_who_may(client, programs):
    client.force_login(create_editor(permissions=MAY_IMPORT))

    seen = bring(client, file_of("Elsewhere,1,Gift Shop,,,,"), adds_sections="on")

    assert "1 line = 1 refused" in text_of(seen)


@pytest.mark.parametrize("missing", MAY_IMPORT[1:])
def test_who_may_not_change_contacts_may_not_import(client, programs, missing):
    client.force_login(create_editor(permissions=[each for each in MAY_IMPORT if each != missing]))
    run = checked(file_of(ONE))

    answers = [
        client.get(address).status_code for address in (IMPORT, run_address(run), f"{run_address(run)}report.csv")
    ]
    answers.append(client.post(run_address(run), {"digest": run.digest}).status_code)

    assert answers == [403, 403, 403, 403]


def test_somebodys_change_between_the_preview_and_the_confirmation_is_told(client, editor, programs):
    contact = create_contact(section=programs, name="Gift Shop", number="860-823-6389")
    seen = bring(client, file_of(ONE))
    contact.note = "Ring twice"
    contact.save()

    told = decide(client, seen, visible="at once")

    assert "Nothing is imported yet: somebody has changed the contacts since you looked." in text_of(told)
    assert contacts() == [(P, 1, "Gift Shop", ["860.823.6389"])]


def test_a_decision_about_another_preview_is_not_taken(client, editor):
    bring(client, file_of(ONE))
    run = ImportRun.objects.get()

    told = client.post(run_address(run), {"digest": "another", "visible": "at once"}, follow=True)

    assert "Nothing is imported yet: this is not what you had looked at." in text_of(told)
    assert Contact.objects.count() == 0


def test_a_second_press_of_the_button_does_nothing_more(client, editor):
    seen = bring(client, file_of(ONE))

    for _press in range(2):
        done = decide(client, seen, visible="at once")

    assert "Imported." in text_of(done)
    assert Contact.objects.count() == 1


def test_a_long_file_is_left_to_the_worker_and_its_progress_is_shown(client, editor, monkeypatch):
    monkeypatch.setattr(starting, "AT_ONCE_UP_TO", 0)
    seen = bring(client, file_of(ONE))
    run = ImportRun.objects.get()
    fragment = client.get(run_address(run), headers={"hx-request": "true"})

    assert run.state == "read"
    assert 'hx-trigger="load delay:1s"' in body_of(seen).decode()
    assert body_of(fragment).decode().strip().startswith('<div class="desk-panel" id="import-progress"')
    assert "0 of 1" in text_of(seen)


def test_where_no_worker_runs_somebody_can_go_on_by_hand(client, editor, monkeypatch):
    monkeypatch.setattr(starting, "AT_ONCE_UP_TO", 0)
    monkeypatch.setattr(starting, "stands_still", lambda run: run.works)
    seen = bring(client, file_of(ONE))
    run = ImportRun.objects.get()

    checked_page = client.post(run_address(run), {"go_on": "1"}, follow=True)

    assert "Nobody works on it" in text_of(seen)
    assert "1 line = 1 new" in text_of(checked_page)
    assert client.get(run_address(run), headers={"hx-request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize("key", ["0", "999999", "x", "9" * 40])
def test_a_run_that_is_not_there_leads_back(client, editor, key):
    response = client.get(f"{IMPORT}{key}/", follow=True)

    assert response.redirect_chain == [(IMPORT, 302)]
    assert "old ones are deleted after 90 days" in text_of(response)


@pytest.mark.parametrize("query", ["?show=refused", "?show=nothing", "?page=1"])
def test_an_address_typed_by_hand_shows_what_there_is(client, editor, query):
    run = checked(file_of(ONE))

    assert client.get(run_address(run) + query).status_code == 200
    assert client.get(run_address(run) + "?page=9999999999999999999").status_code == 404


def test_the_report_is_a_file(client, editor):
    run = checked(file_of(ONE, REFUSED))

    response = client.get(f"{run_address(run)}report.csv")

    rows = list(csv.reader(io.StringIO(body_of(response).decode("utf-8-sig"))))
    assert response["Content-Disposition"] == f'attachment; filename="import-{run.pk}-report.csv"'
    assert [row[1] for row in rows[1:3]] == ["New", "Refused"]


def test_an_export_has_what_the_list_shows_and_is_written_into_the_log(client, editor, programs):
    create_contact(section=programs, name="Gift Shop", number="860-889-8331")
    create_contact(name="Chapel")

    response = client.get(f"/admin/directory/contact/export/csv/?section__id__exact={programs.pk}")

    rows = list(csv.DictReader(io.StringIO(body_of(response).decode("utf-8-sig"))))
    assert [(row["name"], row["phone"]) for row in rows] == [("Gift Shop", "860.889.8331")]
    assert list(AuditEntry.objects.filter(action="exported").values_list("thing_model", "details")) == [
        ("directory.contact", "Rows: 1")
    ]


def test_the_list_leads_to_import_and_export_with_its_filters(client, editor):
    page = body_of(client.get("/admin/directory/contact/?q=gift")).decode()

    assert f'href="{IMPORT}"' in page
    assert 'href="/admin/directory/contact/export/csv/?q=gift"' in page


@pytest.mark.parametrize(
    ("address", "status"),
    [("export/xlsx/", 200), ("export/pdf/", 302), ("export/csv/?nonsense__x=1", 302), ("export/csv/?q=%00", 200)],
)
def test_an_export_answers_whatever_is_asked(client, editor, address, status):
    create_contact(name="Chapel")

    assert client.get(f"/admin/directory/contact/{address}").status_code == status


def test_who_may_not_look_may_not_export(client):
    client.force_login(create_editor())

    assert client.get("/admin/directory/contact/export/csv/").status_code == 403

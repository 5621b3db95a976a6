"""What an import leaves behind: rows, drafts, versions, entries of the log, and the search."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from directory.imports import starting, working
from directory.imports.retention import delete_old_imports
from directory.models import Contact, FormerNumber, ImportLine, ImportRun
from publishing import drafting, history
from publishing.models import AuditEntry, Draft
from publishing.snapshots import snapshot_of
from search.models import Entry
from tests.directory.imports.importing import (
    checked,
    confirmed,
    contacts,
    create_programs,
    file_of,
    imported,
    line_of,
    outcomes,
)
from tests.factories import create_contact, create_editor

P = "Programs and services"


@pytest.fixture
def programs(db):
    return create_programs()


def deeds_of(contact):
    versions = history.revisions_of(Contact, contact.pk)
    return [version.revision.note.deed for version in versions][::-1]


def entries_about(contact):
    return list(
        AuditEntry.objects.filter(thing_model="directory.contact", thing_pk=contact.pk).values_list("action", "details")
    )


def test_nothing_is_stored_before_somebody_confirms(programs):
    run = checked(file_of(f"{P},1,Gift Shop,,860.889.8331,,"))

    assert (run.state, Contact.objects.count()) == ("checked", 0)


def test_a_new_contact_is_published_with_a_version_and_an_entry(programs):
    editor = create_editor()

    run = confirmed(checked(file_of(f"{P},1,Gift Shop,,860.889.8331,,")), user=editor)

    contact = Contact.objects.get()
    assert (run.state, contact.is_published_at(timezone.now())) == ("done", True)
    assert deeds_of(contact) == ["published"]
    assert entries_about(contact) == [("published", "Import of contacts.csv, line 2")]
    assert history.head_of(contact).user == editor
    assert line_of(run, 2).contact_key == contact.pk


def test_without_publishing_a_new_contact_is_a_draft_on_somebodys_desk(programs):
    editor = create_editor()

    confirmed(checked(file_of(f"{P},1,Gift Shop,,860.889.8331,,")), user=editor, publishes=False)

    contact = Contact.objects.get()
    assert (contact.published_at, deeds_of(contact)) == (None, ["saved"])
    assert (Draft.objects.get().author, Draft.objects.get().title) == (editor, "Gift Shop")
    assert entries_about(contact) == [("imported", "Import of contacts.csv, line 2")]


def test_a_change_of_a_live_contact_waits_beside_it(programs):
    contact = create_contact(section=programs, name="Gift Shop", number="860-889-8331")

    imported(file_of(f"{P},1,Gift Shop,,860.425.5885,,", f"{P},1,Gift Shop,,Fax 860.823.6389,,"), publishes=False)

    assert contacts() == [(P, 1, "Gift Shop", ["860.889.8331"])]
    assert deeds_of(contact) == ["found", "draft"]
    drafting.publish(contact, user=None)
    assert contacts() == [(P, 1, "Gift Shop", ["860.425.5885", "860.823.6389"])]


def test_a_change_of_a_live_contact_is_seen_at_once_where_that_is_chosen(programs):
    contact = create_contact(section=programs, name="Gift Shop", number="860-889-8331")

    imported(file_of(f"{P},1,Gift Shop,,860.425.5885,,"))

    assert contacts() == [(P, 1, "Gift Shop", ["860.425.5885"])]
    assert deeds_of(contact) == ["found", "published"]
    assert Draft.objects.count() == 0


def test_the_pages_that_name_a_changed_number_are_to_follow_it(programs):
    create_contact(section=programs, name="Gift Shop", number="860-889-8331")

    imported(file_of(f"{P},1,Gift Shop,,860.425.5885,,"))

    assert [(each.value, each.number.value) for each in FormerNumber.objects.all()] == [
        ("+18608898331", "+18604255885")
    ]


def test_a_version_of_an_import_can_be_restored(programs):
    contact = create_contact(section=programs, name="Gift Shop", number="860-889-8331")
    imported(file_of(f"{P},1,Gift Shop,,860.425.5885,,"))

    drafting.restore(contact, history.first_of(contact), user=None, at_once=True)

    assert contacts() == [(P, 1, "Gift Shop", ["860.889.8331"])]


def test_a_draft_is_changed_in_its_row_and_stays_one(programs):
    contact = create_contact(section=programs, name="Gift Shop", published_at=None)
    drafting.begin_draft(contact, user=None)

    imported(file_of(f"{P},1,Gift Shop,,860.425.5885,,"))

    contact.refresh_from_db()
    assert (contact.published_at, deeds_of(contact)) == (None, ["saved", "saved"])
    assert contacts() == [(P, 1, "Gift Shop", ["860.425.5885"])]
    assert Draft.objects.get().revision == history.head_of(contact)


def test_what_is_worked_on_beside_a_live_contact_is_not_overwritten(programs):
    contact = create_contact(section=programs, name="Gift Shop", number="860-889-8331")
    base = history.begin(contact)
    contact.note = "Being written"
    drafting.save(contact, snapshot_of(contact, contact.numbers.all()), base=base, user=None)

    run = checked(file_of(f"{P},1,Gift Shop,,860.425.5885,,"))
    same = checked(file_of(f"{P},1,Gift Shop,,860.889.8331,,"))

    sentence = "There is unpublished work on it. Publish it, or throw it away, and import the line again."
    assert line_of(run, 2).reasons == [["", sentence]]
    assert outcomes(same) == {2: "unchanged"}


def test_work_that_is_begun_after_the_preview_is_told(programs):
    contact = create_contact(section=programs, name="Gift Shop", number="860-889-8331")
    run = checked(file_of(f"{P},1,Gift Shop,,860.425.5885,,"))
    base = history.begin(contact)
    contact.note = "Being written"
    drafting.save(contact, snapshot_of(contact, contact.numbers.all()), base=base, user=None)

    told = confirmed(run)

    assert (told.state, told.changed_meanwhile, outcomes(told)) == ("checked", True, {2: "refused"})


def test_visitors_find_it(programs):
    create_contact(section=programs, name="Old name", number="860-889-8331")

    imported(file_of(f"{P},1,Gift Shop,,860.425.5885,,"))

    assert list(Entry.objects.filter(kind="contact").values_list("title", flat=True)) == ["Gift Shop"]


def test_refused_lines_stop_the_import_unless_they_are_left_out(programs):
    run = checked(file_of(f"{P},1,Gift Shop,,860.889.8331,,", f"{P},2,Chapel,,info@example.org,,"))

    stopped = confirmed(run, leaves_out_refused=False)
    assert (stopped.state, Contact.objects.count()) == ("checked", 0)
    done = confirmed(run)
    assert (done.state, contacts()) == ("done", [(P, 1, "Gift Shop", ["860.889.8331"])])


def test_what_somebody_has_saved_meanwhile_is_told_and_not_overwritten(programs):
    contact = create_contact(section=programs, name="Gift Shop", number="860-889-8331")
    run = checked(file_of(f"{P},1,Gift Shop,,860.425.5885,,"))
    contact.note = "Ring twice"
    contact.save()

    told = confirmed(run)

    assert (told.state, told.changed_meanwhile) == ("checked", True)
    assert contacts() == [(P, 1, "Gift Shop", ["860.889.8331"])]
    assert confirmed(told).state == "done"
    assert Contact.objects.get().note == "Ring twice"


def test_a_contact_that_another_import_has_added_meanwhile_is_not_added_twice(programs):
    content = file_of(f"{P},1,Gift Shop,,860.889.8331,,")
    first, second = checked(content), checked(content)

    confirmed(first)
    told = confirmed(second)

    assert (told.state, told.changed_meanwhile, outcomes(told)) == ("checked", True, {2: "unchanged"})
    assert Contact.objects.count() == 1


def test_a_run_is_done_once_however_often_it_is_asked_to_go_on(programs):
    run = imported(file_of(f"{P},1,Gift Shop,,860.889.8331,,"))

    for _time in range(3):
        working.go_on(run.pk)
    confirmed(run)

    contact = Contact.objects.get()
    assert deeds_of(contact) == ["published"]


class KilledError(BaseException):
    """The worker was killed."""


def test_a_run_that_is_killed_while_it_stores_has_stored_nothing_and_goes_on(programs, monkeypatch):
    run = checked(file_of(f"{P},1,Gift Shop,,860.889.8331,,"))
    starting.confirm(run, digest=run.digest, user=None, publishes=True, leaves_out_refused=True)

    def kill(*_args):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(working, "_account", kill)
        with pytest.raises(KilledError):
            working.go_on(run.pk)
    assert (ImportRun.objects.get().state, Contact.objects.count()) == ("confirmed", 0)
    working.go_on(run.pk)

    assert (ImportRun.objects.get().state, Contact.objects.count()) == ("done", 1)


def test_a_run_that_stands_still_is_known(programs):
    run = checked(file_of(f"{P},1,Gift Shop,,860.889.8331,,"))
    run.state = "confirmed"

    assert starting.stands_still(run) is False
    assert starting.stands_still(run, timezone.now() + timedelta(minutes=1)) is True


def test_old_runs_are_deleted_with_their_lines(programs):
    run = checked(file_of(f"{P},1,Gift Shop,,860.889.8331,,"))

    assert (delete_old_imports(), ImportRun.objects.count()) == (0, 1)
    delete_old_imports(run.created_at + timedelta(days=91))

    assert (ImportRun.objects.count(), ImportLine.objects.count()) == (0, 0)


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_the_second_sees_what_the_first_has_stored():
    create_programs()
    content = file_of(*[f"{P},{number},Contact {number},,860.889.8331,{number}," for number in range(1, 40)])
    runs = [checked(content), checked(content)]
    for run in runs:
        starting.confirm(run, digest=run.digest, user=None, publishes=True, leaves_out_refused=True)

    def go(run):
        working.go_on(run.pk)
        connection.close()

    threads = [threading.Thread(target=go, args=[run]) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Contact.objects.count() == 39
    assert sorted(ImportRun.objects.values_list("state", flat=True)) == ["checked", "done"]

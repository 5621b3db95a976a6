"""What is decided about a conflict holds until the data changes, and nobody decides over another's head."""

import threading

import pytest
from django.db import IntegrityError, connections, transaction

from directory.conflicts import ChangedMeanwhileError, Kind, assign, cases_of, decide, find_conflicts, reopen
from directory.models import ConflictDecision, Contact
from publishing.models import AuditEntry
from tests.factories import create_contact, create_editor, create_section

database = pytest.mark.django_db


def two_numbers():
    """Make two contacts of one name with different numbers."""
    section = create_section()
    for number in ("860-425-5885", "860-823-6314"):
        create_contact(name="Human Resources", section=section, number=number)


def case_of(kind=Kind.SAME_NAME):
    (case,) = cases_of(each for each in find_conflicts() if each.kind == kind)
    return case


def settle(user, *, reason="Two offices.", decision="right"):
    case = case_of()
    return decide(case.conflict, decision, reason=reason, user=user, seen=case.seen)


@database
def test_a_decision_holds_until_the_data_changes():
    two_numbers()
    settle(create_editor())

    assert case_of().is_open is False
    assert case_of().before is None

    Contact.objects.first().numbers.update(number="+18604250000")

    assert case_of().is_open is True
    assert (case_of().before.reason, case_of().before.get_decision_display()) == (
        "Two offices.",
        "It is right as it is",
    )


@database
def test_what_the_conflict_does_not_speak_of_leaves_the_decision():
    two_numbers()
    settle(create_editor())

    Contact.objects.update(note="Ring before noon.", position=7)

    assert case_of().is_open is False


@database
def test_decided_again_it_speaks_of_the_new_data():
    two_numbers()
    first, second = create_editor(), create_editor()
    settle(first)
    Contact.objects.first().numbers.update(number="+18604250000")

    settle(second, reason="Moved.", decision="mend")

    stored = ConflictDecision.objects.get()
    assert (stored.reason, stored.decision, stored.decided_by) == ("Moved.", "mend", second)
    assert case_of().is_open is False


@database
def test_an_owner_may_be_named_before_anything_is_decided_and_stays():
    two_numbers()
    owner = create_editor()
    assign(case_of().conflict, owner)
    assert (case_of().owner, case_of().is_open) == (owner, True)

    settle(create_editor())
    assert case_of().owner == owner

    assign(case_of().conflict, None)
    assert (case_of().owner, case_of().is_open) == (None, False)


@database
def test_a_decision_can_be_taken_back():
    two_numbers()
    settle(create_editor())
    case = case_of()

    reopen(case.conflict, seen=case.seen)

    assert (case_of().is_open, case_of().before) == (True, None)


@database
def test_every_decision_stands_in_the_log_with_its_reason():
    two_numbers()
    user = create_editor()
    settle(user)
    settle(user, decision="asked", reason="Asked the keeper.")
    reopen(case_of().conflict, seen=case_of().seen)
    reopen(case_of().conflict, seen=case_of().seen)  # nothing was decided any more

    entries = AuditEntry.objects.filter(thing_model="directory.conflictdecision").order_by("pk")

    title = ConflictDecision.objects.get().key
    assert list(entries.values_list("action", "user_name", "thing_title", "details")) == [
        ("decided", user.username, f"{title}: It is right as it is", "Two offices."),
        ("decided", user.username, f"{title}: Somebody has been asked", "Asked the keeper."),
        ("reopened", "", f"{title}: Somebody has been asked", "Asked the keeper."),
    ]


@database
def test_who_has_not_seen_the_other_decision_decides_nothing():
    two_numbers()
    seen_before = case_of()
    settle(create_editor())

    with pytest.raises(ChangedMeanwhileError):
        decide(seen_before.conflict, "mend", reason="Late.", user=create_editor(), seen=seen_before.seen)

    assert ConflictDecision.objects.get().reason == "Two offices."


@database
def test_who_has_not_seen_the_new_numbers_decides_nothing():
    two_numbers()
    seen_before = case_of()
    Contact.objects.first().numbers.update(number="+18604250000")

    with pytest.raises(ChangedMeanwhileError):
        decide(case_of().conflict, "right", reason="Both.", user=create_editor(), seen=seen_before.seen)


@database
def test_no_decision_is_stored_without_its_reason():
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictDecision.objects.create(kind="twice", key="twice:1", digest="0", decision="right")


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_of_several_who_decide_at_once_one_is_the_first():
    two_numbers()
    case = case_of()
    users = [create_editor() for _ in range(5)]
    outcomes = [None] * 5

    def run(number):
        try:
            decide(case.conflict, "right", reason=f"By {number}.", user=users[number], seen=case.seen)
            outcomes[number] = True
        except ChangedMeanwhileError:
            outcomes[number] = False
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count(True) == 1
    assert ConflictDecision.objects.get().reason == f"By {outcomes.index(True)}."

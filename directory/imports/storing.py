"""Storing what a plan says, as the desk would: cleaned, with a version in the history and an entry in the log.

For all contacts together, in a few statements: one by one, ten thousand would hold the database for minutes.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from reversion.models import Version

from publishing import audit
from publishing.batches import batches
from publishing.models import Draft, RevisionNote
from publishing.snapshots import snapshot_of, store_all, with_draft_keys

from ..mentions.watching import stored_past_signals
from ..models import Contact, ContactNumber, Section

Deed = RevisionNote.Deed
AT_ONCE = 500  # rows in one statement
_CONTACT_FIELDS = [
    *("section", "position", "name", "title", "also_known_as", "note", "email", "web", "languages", "source_note"),
    *("published_at", "changed_at"),
]
_NUMBER_FIELDS = ["kind", "number", "short_code", "label", "spoken_label", "hours"]


@dataclass
class _Deed:
    """What is done to one contact, and with what: `numbers` are all of its own, stored or not, in their order."""

    entry: object
    contact: Contact
    numbers: list = field(default_factory=list)
    deed: str = Deed.SAVED
    former: dict = field(default_factory=dict)  # the values of its stored numbers before, by their primary keys


def store_plan(plan, directory, *, user, publishes, source):
    """Store the entries of `plan`; `source` names the file. Each entry gets its `contact`. For one transaction.

    With `publishes` visitors see new contacts and changes of live ones at once; otherwise they are drafts. Raises
    ValidationError where something cannot be stored as it is.
    """
    now = timezone.now()
    _add_sections(plan.new_sections)
    deeds = [_deed_of(entry, directory, now=now, publishes=publishes) for entry in plan.entries]
    for each in deeds:
        _clean(each)
    _begin_histories([each.contact for each in deeds if each.entry.contact is not None])
    into_rows = [each for each in deeds if each.deed != Deed.DRAFT]
    _write_rows(into_rows)
    _keep_versions(deeds, user=user, note=source)
    for action, chosen in (
        (audit.Action.PUBLISHED, [each for each in deeds if each.deed == Deed.PUBLISHED]),
        (audit.Action.IMPORTED, [each for each in deeds if each.deed != Deed.PUBLISHED]),
    ):
        audit.record_all(action, [(each.contact, _source_of(each.entry, source)) for each in chosen], user=user)
    for each in deeds:
        each.entry.contact = each.contact


def _source_of(entry, source):
    return f"{source}, " + ", ".join(f"line {row.number_of_line}" for row in entry.rows[:5])


def _add_sections(sections):
    last = Section.objects.aggregate(last=Max("position"))["last"] or 0
    taken = set(Section.objects.values_list("slug", flat=True))
    for place, section in enumerate(sections, start=last + 1):
        section.position = place
        while section.slug in taken:
            section.slug = f"{section.slug}-{place}"
        taken.add(section.slug)
        section.full_clean()
        section.save()


def _deed_of(entry, directory, *, now, publishes):
    contact = entry.contact
    if contact is None:
        contact = Contact(section=entry.section, source_line=entry.source_line)
        if "position" not in entry.values:
            directory.last_positions[entry.section.pk] += 1
            contact.position = directory.last_positions[entry.section.pk]
    elif entry.section is not None:
        contact.section = entry.section
    for name, value in entry.values.items():
        setattr(contact, name, value)
    numbers = [] if contact.pk is None else list(contact.numbers.all())
    is_live = contact.is_published_at(now)
    if publishes and (is_live or entry.publish):
        deed = Deed.PUBLISHED
        contact.published_at = contact.published_at or now
    else:
        deed = Deed.SAVED if contact.published_at is None else Deed.DRAFT
    contact.changed_at = now
    former = {number.pk: number.value for number in numbers}
    return _Deed(entry, contact, [*numbers, *_apply_numbers(entry, contact, numbers)], deed, former)


def _apply_numbers(entry, contact, numbers):
    """Change the stored numbers in memory, and return the further ones."""
    last = max((number.position for number in numbers), default=0)
    stored = {number.pk: number for number in numbers}
    further = []
    for each in entry.numbers:
        if each.stored is not None:
            number = stored[each.stored.pk]
        else:
            last += 1
            number = ContactNumber(contact=contact, position=last)
            further.append(number)
        for name, value in each.values.items():
            setattr(number, name, value)
    return further


def _clean(each):
    """Check the contact and its numbers as its form does, without asking the database for each of them.

    What only the database knows stands in its constraints, and the plan has refused it by field before.
    """
    each.contact.full_clean(exclude=["section", "owner"], validate_unique=False, validate_constraints=False)
    for number in each.numbers:
        try:
            number.full_clean(exclude=["contact"], validate_unique=False, validate_constraints=False)
        except ValidationError:
            if number.pk is None or any(each_number.stored == number for each_number in each.entry.numbers):
                raise  # one that the file does not speak of stays as it is


def _begin_histories(contacts):
    """Keep what is stored now of contacts that have no history yet: a program may have stored them."""
    keys = [str(contact.pk) for contact in contacts]
    known = set()
    for batch in batches(keys, AT_ONCE):
        versions = Version.objects.get_for_model(Contact).filter(object_id__in=batch)
        known.update(versions.exclude(revision__note__deed=Deed.SET_ASIDE).values_list("object_id", flat=True))
    unknown = [contact.pk for contact in contacts if str(contact.pk) not in known]
    for batch in batches(unknown, AT_ONCE):
        found = Contact.objects.filter(pk__in=batch).with_numbers()
        store_all([snapshot_of(contact, contact.numbers.all()) for contact in found], user=None, deed=Deed.FOUND)


def _write_rows(deeds):
    new = [each for each in deeds if each.contact.pk is None]
    Contact.objects.bulk_create([each.contact for each in new], batch_size=AT_ONCE)
    _overwrite(Contact, [each.contact for each in deeds if each.entry.contact is not None], _CONTACT_FIELDS)
    further, changed = [], []
    for each in deeds:
        stored = {number.stored.pk for number in each.entry.numbers if number.stored is not None and number.changes}
        for number in each.numbers:
            number.contact = each.contact
            if number.pk is None:
                further.append(number)
            elif number.pk in stored:
                changed.append(number)
    ContactNumber.objects.bulk_create(further, batch_size=AT_ONCE)
    _overwrite(ContactNumber, changed, _NUMBER_FIELDS)
    former = {key: value for each in deeds for key, value in each.former.items()}
    stored_past_signals(
        [each.contact for each in deeds], [(number, former.get(number.pk)) for number in (*further, *changed)]
    )


def _overwrite(model, rows, fields):
    """Store `rows`, which are locked and all there; many times as quick as bulk_update."""
    if rows:
        model.objects.bulk_create(
            rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def _keep_versions(deeds, *, user, note):
    by_deed = defaultdict(list)
    for each in deeds:
        by_deed[each.deed].append(each)
    for deed, chosen in by_deed.items():
        snapshots = [snapshot_of(each.contact, each.numbers) for each in chosen]
        if deed == Deed.DRAFT:
            snapshots = [
                with_draft_keys(snapshot, {number.pk for number in each.numbers} - {None})
                for snapshot, each in zip(snapshots, chosen, strict=True)
            ]
        revisions = store_all(snapshots, user=user, deed=deed, note=note)
        if deed == Deed.PUBLISHED:
            _forget_drafts([each.contact.pk for each in chosen])
        else:
            _keep_drafts(chosen, revisions, user)


def _forget_drafts(keys):
    kind = ContentType.objects.get_for_model(Contact)
    for batch in batches(keys, AT_ONCE):
        Draft.objects.filter(content_type=kind, object_id__in=batch).delete()


def _keep_drafts(deeds, revisions, user):
    """Note that each of these contacts is worked on. What was approved or dated before was another text."""
    kind, now = ContentType.objects.get_for_model(Contact), timezone.now()
    drafts = [
        Draft(
            content_type=kind,
            object_id=each.contact.pk,
            title=str(each.contact)[:300],
            revision=revision,
            author=user,
            saved_by=user,
            saved_at=now,
        )
        for each, revision in zip(deeds, revisions, strict=True)
    ]
    Draft.objects.bulk_create(
        drafts,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=["title", "revision", "saved_by", "saved_at", "review", "publish_at", "problem"],
    )

"""Keeping the numbers in texts true: what is saved is read again once the change is committed, as the search does.

It hangs on Django's signals, so that a command, a restored version or an import is seen as well. Every night a
task compares all texts.
"""

from collections import defaultdict
from functools import partial

from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save, pre_save

from publishing.batches import batches
from publishing.tracking import follow_tracking, part_relations

from ..models import Contact, ContactNumber, FormerNumber, NumberMention
from .fields import Place
from .keeping import ROWS_AT_ONCE, keep, reconsider
from .numbers import may_hold_numbers
from .tasks import ask_whose_they_are, follow_numbers

AT_ONCE = 100  # texts that are read again within a request; more are left to the worker


def watch():
    """Follow every tracked model with its parts, and the numbers of the directory."""
    follow_tracking(_watch_model)
    pre_save.connect(_note_former_value, ContactNumber, dispatch_uid="former number")
    post_save.connect(_number_saved, ContactNumber, dispatch_uid="number in texts")
    post_delete.connect(_number_deleted, ContactNumber, dispatch_uid="number in texts")
    post_save.connect(_contact_saved, Contact, dispatch_uid="contact in texts")


def _watch_model(model):
    places = [Place(model, model, None)]
    places += [Place(each.related_model, model, each.field.name) for each in part_relations(model)]
    for place in places:
        family = [place.model, *(proxy for proxy in apps.get_models() if proxy._meta.proxy_for_model is place.model)]
        for sender in family:
            uid = f"numbers in {sender._meta.label}"
            post_save.connect(partial(_saved, place), sender, weak=False, dispatch_uid=uid)
            post_delete.connect(partial(_deleted, place), sender, weak=False, dispatch_uid=uid)


class _Waiting:
    """What waits on one connection for the commit: rows to be read, values to be asked about, texts to follow.

    What a rolled back transaction has left in it is at worst looked at once more than needed.
    """

    def __init__(self):
        self.rows = defaultdict(dict)
        self.values = set()
        self.contacts = set()
        self.numbers = set()

    @classmethod
    def here(cls):
        return connection.__dict__.setdefault("mentions_waiting", cls())

    def take(self):
        """Return all that waits; from now on nothing does."""
        taken = _Waiting()
        taken.__dict__, self.__dict__ = self.__dict__, taken.__dict__
        return taken


def _look_on_commit():
    transaction.on_commit(_look, robust=True)


def _look():
    """Do all that waits, with the first commit that comes; what the later ones wanted is then done."""
    waiting = _Waiting.here().take()
    rows = [(place, key, may_hold) for place, keys in waiting.rows.items() for key, may_hold in keys.items()]
    for batch in batches(rows, ROWS_AT_ONCE):
        keep(_by_place(batch))
    if waiting.contacts:
        numbers = ContactNumber.objects.filter(contact__in=waiting.contacts)
        waiting.values.update(number.value for number in numbers)
    for batch in batches(sorted(waiting.values), ROWS_AT_ONCE):
        _ask_anew(batch)
    for batch in batches(sorted(waiting.numbers), ROWS_AT_ONCE):
        follow_numbers.enqueue(batch)


def _by_place(rows):
    by_place = defaultdict(dict)
    for place, key, may_hold in rows:
        by_place[place][key] = may_hold
    return by_place


def _ask_anew(values):
    """Ask whose the numbers `values` are: at once where they stand in a few texts, else beside the requests."""
    count = NumberMention.objects.filter(value__in=values)[: AT_ONCE + 1].count()
    if count > AT_ONCE:
        ask_whose_they_are.enqueue(values)
    elif count:
        reconsider(values)


# Texts


def _saved(place, sender, instance, created=False, update_fields=None, **_more):
    names = [field.name for field in place.fields]
    if update_fields is not None and not set(names) & set(update_fields):
        return
    if _note_row(place, instance, names, is_new=created):
        _look_on_commit()


def _note_row(place, row, names, *, is_new):
    """Let `row` wait to be read; return False where it is new and holds no number."""
    texts = [row.__dict__.get(name) for name in names]
    may_hold = any(text is not None and may_hold_numbers(str(text)) for text in texts)
    if is_new and not may_hold:
        return False
    rows = _Waiting.here().rows[place]
    rows[row.pk] = may_hold or rows.get(row.pk, False)
    return True


def _deleted(place, sender, instance, **_more):
    _Waiting.here().rows[place].setdefault(instance.pk, False)
    _look_on_commit()


# The directory


def _note_former_value(sender, instance, **_more):
    stored = sender._base_manager.filter(pk=instance.pk).first() if instance.pk is not None else None
    instance.__dict__["_former_value"] = stored and stored.value


def _number_saved(sender, instance, **_more):
    former = instance.__dict__.pop("_former_value", None)
    if former == instance.value:
        return
    waiting = _Waiting.here()
    waiting.values.add(instance.value)
    if former is not None:
        waiting.values.add(former)
        if Contact.objects.published().filter(pk=instance.contact_id).exists():
            FormerNumber.objects.create(number=instance, value=former)
            waiting.numbers.add(instance.pk)
    _look_on_commit()


def _number_deleted(sender, instance, **_more):
    _Waiting.here().values.add(instance.value)
    _look_on_commit()


def _contact_saved(sender, instance, created=False, update_fields=None, **_more):
    if not created and update_fields is not None and not set(update_fields) & _THAT_MATTER:
        return
    if not created:
        _Waiting.here().contacts.add(instance.pk)
        _look_on_commit()


_THAT_MATTER = {"name", "also_known_as", "published_at", "expires_at"}


def stored_past_signals(contacts, numbers):
    """Look at all that hangs on what a program has stored in one statement, without signals, once it is committed.

    `contacts` are the Contacts of which something that matters has changed; `numbers` are pairs of a ContactNumber
    and its value before, None for a new one.
    """
    waiting = _Waiting.here()
    waiting.contacts.update(contact.pk for contact in contacts)
    waiting.values.update(number.value for number, former in numbers if former != number.value)
    changed = [(number, former) for number, former in numbers if former not in (None, number.value)]
    waiting.values.update(former for _number, former in changed)
    for batch in batches(changed, ROWS_AT_ONCE):
        live = Contact.objects.published().filter(pk__in=[number.contact_id for number, _former in batch])
        keys = set(live.values_list("pk", flat=True))
        seen = [(number, former) for number, former in batch if number.contact_id in keys]
        FormerNumber.objects.bulk_create(FormerNumber(number=number, value=former) for number, former in seen)
        waiting.numbers.update(number.pk for number, _former in seen)
    for place, rows in (
        (Place(Contact, Contact, None), contacts),
        (Place(ContactNumber, Contact, "contact"), [number for number, _former in numbers]),
    ):
        names = [field.name for field in place.fields]
        for row in rows:
            _note_row(place, row, names, is_new=False)
    _look_on_commit()

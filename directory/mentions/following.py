"""A number of the directory has changed: every text that has the former one follows, in its own way of writing it."""

import logging
from collections import defaultdict

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from reversion.models import Version

from publishing.amending import amend
from publishing.drafting import draft_beside, locked
from publishing.models import Draft
from publishing.snapshots import CannotApplyError

from ..models import Contact, ContactNumber, FollowedText, NumberMention
from ..phones import displayed_value
from .fields import numbers_in, with_others
from .keeping import identity_of
from .naming import Holders
from .numbers import CannotWriteError, rewritten

logger = logging.getLogger(__name__)
State = NumberMention.State


def follow(key):
    """Let all texts follow the ContactNumber `key`; return how many were changed. Safe to run twice.

    A text that cannot follow stays as it is, with the reason in its FollowedText; the others still follow.
    """
    number = ContactNumber.objects.filter(pk=key, contact__in=Contact.objects.published()).first()
    if number is None:
        return 0  # deleted or taken down since
    with override(settings.LANGUAGE_CODE):
        return sum(_follow_one(number, model, thing_id) for model, thing_id in sorted(_things(number), key=str))


def _things(number):
    """Return {(model, primary key)} of the things of which a text or a draft may have a former value of `number`."""
    rows = number.mentions.exclude(value=number.value).order_by().values_list("content_type", "object_id").distinct()
    found = {(ContentType.objects.get_for_id(type_id).model_class(), thing_id) for type_id, thing_id in rows}
    former = {value.partition("x")[0][-4:] for value in number.former_numbers.values_list("value", flat=True)}
    for digits in former:
        revisions = Version.objects.filter(
            revision__in=Draft.objects.order_by().values("revision"), serialized_data__contains=digits
        ).order_by()
        drafts = Draft.objects.filter(revision__in=revisions.values("revision")).select_related("content_type")
        found |= {(draft.content_type.model_class(), draft.object_id) for draft in drafts}
    return {(model, key) for model, key in found if model is not None}


def _follow_one(number, model, key):
    thing = model._base_manager.filter(pk=key).first()
    if thing is None:
        return 0
    try:
        changed = _amend(number, thing)
    except model.DoesNotExist:
        return 0  # deleted in this very moment
    except DatabaseError:
        raise  # it may be gone for a moment only
    except ValidationError as error:
        return _note(number, thing, _("It does not fit: %(why)s") % {"why": " ".join(error.messages)})
    except CannotWriteError:
        return _note(number, thing, _("A short code cannot take the place of a phone number, or the other way round."))
    except CannotApplyError as error:
        return _note(number, thing, _("Its draft needs something that was deleted: %(what)s.") % {"what": error})
    except Exception:  # whatever is wrong with one text, the others follow
        logger.exception("%s %s could not follow a number", model._meta.label, key)
        return _note(number, thing, _("A fault of the site stood in its way. Change it by hand."))
    if changed:
        _note(number, thing, "")
    return int(changed)


@transaction.atomic
def _amend(number, thing):
    thing = locked(thing)
    mentions = {mention.identity: mention for mention in NumberMention.objects.about(thing)}
    mending = _Mending(number, mentions, _draft_since(thing))
    note = _("The number of %(contact)s changed in the directory: it is %(number)s.") % {
        "contact": number.contact,
        "number": number.displayed,
    }
    amended = amend(thing, mending.mend, note=note[:500])
    mending.keep()
    return amended.rows or amended.draft


def _draft_since(thing):
    draft = draft_beside(thing) if hasattr(thing, "published_at") else None
    return draft and draft.saved_at


class _Mending:
    """What is changed in one thing: the mentions of its rows that mean the number, and those like them in its draft."""

    def __init__(self, number, mentions, draft_since):
        self.number = number
        self.mentions = mentions
        self.draft_since = draft_since
        self._holders = None
        self._changed = []  # (NumberMentions in their order, what is found in their field from now on)

    def mend(self, model, key, texts, *, in_draft):
        """Return {field: other text} of one row."""
        by_field = defaultdict(list)
        for found in numbers_in(model, texts):
            by_field[found.field].append(found)
        label = model._meta.label_lower
        changes = {}
        for field, found in by_field.items():
            means = self._means_in_draft if in_draft else self._means
            wanted = [each for each in found if means(label, key, each)]
            if wanted:
                changes[field] = with_others(texts[field], [(each, self._rewritten(each)) for each in wanted])
                if not in_draft:
                    now = [each for each in numbers_in(model, {**texts, **changes}) if each.field == field]
                    self._note_changes(label, key, found, now)
        return changes

    def keep(self):
        """Let the rows of the changed mentions say what stands there now: decisions and first sight stay theirs."""
        if not self._changed:
            return
        NumberMention.objects.filter(pk__in=[mention.pk for mention, _found in self._changed]).delete()
        for mention, found in self._changed:
            if mention.number_id == self.number.pk:
                mention.value, mention.state = found.written.value, State.MATCHED
            mention.pk, mention.words, mention.nth, mention.around = None, found.written.words, found.nth, found.around
        NumberMention.objects.bulk_create([mention for mention, _found in self._changed], ignore_conflicts=True)

    def _note_changes(self, label, key, before, now):
        if len(before) != len(now):
            return  # another number can be read there now; the row is read again once this is committed
        known = [self.mentions.get(identity_of(label, key, each)) for each in before]
        self._changed += [(mention, found) for mention, found in zip(known, now, strict=True) if mention is not None]

    def _rewritten(self, found):
        written = found.written
        return rewritten(written.words, written.value, self.number.value, in_link=found.in_link)

    def _means(self, label, key, found):
        mention = self.mentions.get(identity_of(label, key, found))
        return mention is not None and mention.number_id == self.number.pk and mention.value != self.number.value

    def _means_in_draft(self, label, key, found):
        value = found.written.value
        if value == self.number.value:
            return False
        mention = self.mentions.get(identity_of(label, key, found))
        if mention is not None and (mention.decision or mention.around == found.around):
            return mention.number_id == self.number.pk
        if self._holders is None:
            self._holders = Holders({former.value for former in self.number.former_numbers.all()})
        return self._holders.meant(found, self.draft_since) == (State.MATCHED, self.number.pk)


def _note(number, thing, problem):
    FollowedText.objects.update_or_create(
        number=number,
        became=number.value,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        defaults={"problem": problem[:300], "at": timezone.now()},
    )
    if problem:
        logger.warning(
            "%s %s does not follow %s: %s", thing._meta.label, thing.pk, displayed_value(number.value), problem
        )
    return 0

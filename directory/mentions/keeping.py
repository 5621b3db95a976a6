"""The numbers in texts as rows: written anew for the rows of a model whose texts have changed."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from publishing.batches import batches

from ..models import NumberMention
from .fields import numbers_in, places
from .naming import Holders

State = NumberMention.State
Decision = NumberMention.Decision
ROWS_AT_ONCE = 200  # of a model with texts, in memory


def keep(rows, *, holders=None):
    """Make the mentions of `rows` what their texts say, and return how many were wrong.

    `rows` is {Place: {primary key: whether the row may hold a number}}. Texts that hold none, and held none
    before, are not read. `holders` spares asking for each number's contacts where all are known.
    """
    known = _known(rows)
    found, missing = _read(rows, known)
    if holders is None and _has_news(found, known):
        holders = Holders({each.written.value for of_row in found.values() for each, _thing in of_row.values()})
    return _write(found, missing, known, holders) if holders is not None else _forget(missing)


def _known(rows):
    """Return {(label of the model, primary key): {identity: NumberMention}}."""
    asked = Q()
    for place, keys in rows.items():
        asked |= Q(row_model=place.label, row_id__in=list(keys))
    known = defaultdict(dict)
    for mention in NumberMention.objects.filter(asked) if asked else ():
        known[mention.row_model, mention.row_id][mention.identity] = mention
    return known


def _read(rows, known):
    """Return ({row: {identity: (Found, (ContentType id, thing's key))}}, mentions that are gone)."""
    found = {}
    for place, keys in rows.items():
        wanted = [key for key, may_hold in keys.items() if may_hold or (place.label, key) in known]
        if not wanted:
            continue
        type_id = ContentType.objects.get_for_model(place.thing_model).pk
        names = [field.name for field in place.fields]
        for row in place.model._base_manager.filter(pk__in=wanted).only(*names, *filter(None, [place.owner])):
            thing = type_id, place.thing_id(row)
            texts = {name: getattr(row, name) for name in names}
            found[place.label, row.pk] = {
                identity_of(place.label, row.pk, each): (each, thing) for each in numbers_in(place.model, texts)
            }
    gone = [m for row, of_row in known.items() for i, m in of_row.items() if i not in found.get(row, ())]
    return found, gone


def identity_of(label, key, found):
    """Return the NumberMention.identity of a Found number in the row `key` of the model `label`."""
    return label, key, found.field, found.in_link, found.written.words, found.nth


def _has_news(found, known):
    """Return whether a number is new, or the words around one are other words."""
    return any(
        (mention := known.get(row, {}).get(identity)) is None or mention.around != each.around
        for row, of_row in found.items()
        for identity, (each, _thing) in of_row.items()
    )


@transaction.atomic
def _write(found, gone, known, holders):
    now = timezone.now()
    new, changed = [], []
    for row, of_row in found.items():
        for identity, (each, thing) in of_row.items():
            mention = known.get(row, {}).get(identity)
            state, number = holders.meant(each, mention.noted_at if mention else now)
            if mention is None:
                if not (each.written.doubtful and state in (State.UNKNOWN, State.GENERAL)):
                    new.append(_new(identity, each, thing, state, number, now))
            elif _settle(mention, each, state, number, holders):
                changed.append(mention)
    count = len(new) + len(changed) + _forget(gone)
    NumberMention.objects.bulk_create(new, ignore_conflicts=True)
    NumberMention.objects.bulk_update(changed, ["around", "state", "number", "decision"], batch_size=200)
    return count


def _new(identity, found, thing, state, number, now):
    row_model, row_id, field, in_link, words, nth = identity
    return NumberMention(
        content_type_id=thing[0],
        object_id=thing[1],
        row_model=row_model,
        row_id=row_id,
        field=field,
        in_link=in_link,
        words=words,
        nth=nth,
        value=found.written.value,
        around=found.around,
        state=state,
        number_id=number,
        noted_at=now,
    )


def _settle(mention, found, state, number, holders):
    """Make `mention` what is known of it now; return whether it was anything else."""
    before = mention.around, mention.state, mention.number_id, mention.decision
    mention.around = found.around
    if _holds(mention, holders):
        mention.state = State.MATCHED
    else:
        mention.state, mention.number_id = state, number
        if mention.decision == Decision.CHOSEN:
            mention.decision = ""
    return before != (mention.around, mention.state, mention.number_id, mention.decision)


def _holds(mention, holders):
    """Return whether `mention` stays with its number: an editor chose it, or it is about to follow it."""
    if mention.number_id is None:
        return False
    follows = {holder.pk for holder in holders.formerly(mention.value)}
    chosen = {holder.pk for holder in holders.now(mention.value)} if mention.decision == Decision.CHOSEN else set()
    return mention.number_id in follows | chosen


def _forget(mentions):
    if mentions:
        NumberMention.objects.filter(pk__in=[mention.pk for mention in mentions]).delete()
    return len(mentions)


def reconsider(values):
    """Ask anew whose the numbers `values` are, wherever they stand. Texts are read only where several may be meant."""
    holders = Holders(set(values))
    unclear = []
    for value in values:
        now, formerly = holders.now(value), holders.formerly(value)
        if formerly or len(now) > 1:
            unclear.append(value)
            continue
        state, number = (State.MATCHED, now[0].pk) if now else (holders.without_holder(value), None)
        others = NumberMention.objects.filter(value=value).exclude(state=state, number=number)
        others.update(
            state=state,
            number=number,
            decision=Case(When(decision=Decision.CHOSEN, then=Value("")), default=F("decision")),
        )
    if unclear:
        keep_rows(NumberMention.objects.filter(value__in=unclear), holders=holders)


def keep_rows(mentions, *, holders=None):
    """Read again the rows in which `mentions`, a queryset, stand."""
    by_label = {place.label: place for place in places()}
    keys = mentions.order_by("row_model", "row_id").values_list("row_model", "row_id").distinct()
    for batch in batches(list(keys), ROWS_AT_ONCE):
        rows = defaultdict(dict)
        for label, key in batch:
            if label in by_label:
                rows[by_label[label]][key] = True
        keep(rows, holders=holders)

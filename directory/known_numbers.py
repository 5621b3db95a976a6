"""Phone numbers in texts must be those of the directory: a number is mended there, and nowhere else."""

from django.utils.translation import gettext as _

from publishing.checks import Finding, Level

from .mentions.fields import numbers_in
from .mentions.naming import Holders, State
from .models import Contact, NumberMention
from .phones import displayed_value


def check_phone_numbers(manuscript):
    """Find numbers in texts and phone links that no live contact has, or whose extension none has.

    A number that an editor has decided to leave as it is, with a reason, is left alone.
    """
    found = [(part, each) for part in manuscript.parts for each in numbers_in(type(part), vars(part))]
    if not found:
        return
    own = _own_values(manuscript.thing)
    holders = Holders({each.written.value for _part, each in found}, at=manuscript.at)
    unknown = [(part, each) for part, each in found if each.written.value not in own and _is_unknown(each, holders)]
    left = _left_alone(manuscript.thing) if unknown else ()
    for part, each in unknown:
        words = each.written.words
        if words not in left:
            message = _told(each.written.value, words, holders)
            yield Finding(Level.WARNING, "unknown-phone-number", message, part, each.field, words)


def _own_values(thing):
    return {number.value for number in thing.numbers.all()} if isinstance(thing, Contact) else set()


def _is_unknown(found, holders):
    value = found.written.value
    if holders.now(value) or found.written.doubtful:
        return False
    return holders.without_holder(value) == State.UNKNOWN


def _left_alone(thing):
    left = NumberMention.objects.about(thing).filter(decision=NumberMention.Decision.LEFT)
    return set(left.values_list("words", flat=True))


def _told(value, words, holders):
    if formerly := holders.formerly(value):
        return _("%(number)s was the number of %(contact)s. It is %(now)s today.") % {
            "number": words,
            "contact": formerly[0].names[0],
            "now": displayed_value(formerly[0].value),
        }
    if "x" in value and holders.without_holder(value.partition("x")[0]) == State.GENERAL:
        return _("The directory does not know the extension of %(number)s: check it, or add it there.") % {
            "number": words
        }
    return _("The directory does not know the number %(number)s: check it, or add it there.") % {"number": words}

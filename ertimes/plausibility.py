"""By which rules a feed's reading is held for a person before anybody sees it.

What cannot be seen any more, because it is older than the department shows a number, is never held: it is
only marked as not to be trusted, tells nobody, and changes nothing that is newer.

**Jump.** A reading is held where it differs from the last accepted one by more than 120 minutes and by more
than a factor of 4, up or down: 12 after 990 as well as 990 after 12, but not 150 after 50. All that follow
are compared with the same accepted one, so a wrong number does not come in because it is repeated. The first
that agrees with it again is shown at once, and what was held before it is withdrawn: the feed has taken it
back. Confirming a held reading shows it and all that agree with it by the same measure.

**Nothing to compare with.** Where nothing was accepted in the 4 hours before, any wait above 8 hours is held,
so that a silence lets no wrong number in. Readings that go on arriving and are held are no silence.

**Flat line.** The same wait to the second for at least 3 hours, in at least 12 readings of the last 6 hours, is
held from then on, and what of it visitors could still see is held too: a number that a stuck feed repeats is
no number. That also holds for 0 minutes, which is what broken feeds send most and what would lead people
furthest astray; a quiet night is confirmed by a person, which is good for 3 hours. The first reading with
another wait ends it.

A reading is judged by when it was measured, not by when it came, and whatever is newer is judged again when a
late one comes in between. So shuffled and repeated messages lead to the same as those in order. Measured
readings and made-up ones are judged apart. What staff say themselves is never held: the screen asks.
"""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .models import ReadingState

JUMP = timedelta(minutes=120)
JUMP_FACTOR = 4
COMPARED_FOR = timedelta(hours=4)
LONGEST_UNCOMPARED = timedelta(hours=8)
FLAT_FOR = timedelta(hours=3)
FLAT_READINGS = 12
FLAT_WITHIN = timedelta(hours=6)


def jumps(wait, other):
    """Return whether two waits (timedelta) are so far apart that one of them is probably wrong."""
    shorter, longer = sorted((wait, other))
    return longer - shorter > JUMP and longer > JUMP_FACTOR * shorter


def why_held(reading, *, accepted, before):
    """Return why `reading` is held as a jump, a sentence for people; "" where it is plausible.

    `accepted` is the last accepted reading of the feed that was measured before it, and `before` the very
    last one, accepted or not; None where there is none.
    """
    if accepted is None or not _may_be_compared(reading, accepted, before):
        if reading.door_to_provider > LONGEST_UNCOMPARED:
            return _("%(minutes)d minutes, and no wait in the hours before to compare it with.") % {
                "minutes": reading.minutes
            }
        return ""
    if not jumps(reading.door_to_provider, accepted.door_to_provider):
        return ""
    return _("%(minutes)d minutes, after %(before)d minutes at %(time)s.") % {
        "minutes": reading.minutes,
        "before": accepted.minutes,
        "time": date_format(localtime(accepted.observed_at), "TIME_FORMAT"),
    }


def _may_be_compared(reading, accepted, before):
    """Return whether `accepted` is young enough, or readings that are not accepted reach from it to this one."""
    if reading.observed_at - accepted.observed_at <= COMPARED_FOR:
        return True
    return before.state != ReadingState.SHOWN and reading.observed_at - before.observed_at <= COMPARED_FOR


def why_flat(minutes):
    """Return the sentence for people about a wait of `minutes` that does not move."""
    return _("%(minutes)d minutes, to the second the same for 3 hours or more.") % {"minutes": minutes}

"""What was looked for and not found: words counted by the week, and nothing of who looked.

The words are in a process's memory for half a minute. In the table they are a keyed hash until they have been
looked for WRITTEN_FROM times in a week, so that what only one person would type, a name above all, is never
stored. Left out altogether: what holds a digit or an @, a long word, or many words.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publishing.counting import Counter

from .models import MissedSearch

WRITTEN_FROM = 3  # times in one week
MOST_WORDS = 4
LONGEST_WORD = 24  # characters
KEPT_FOR = timedelta(weeks=26)
MOST_A_WEEK = 10_000  # rows
RECENT = timedelta(weeks=4)

_LONGEST_PHRASE = MissedSearch._meta.get_field("words").max_length


def phrase_of(found):
    """Return the words of the search that came to `found` (a Found) as they are counted; None where they are not.

    Counted is what found nothing, or nothing that has all the words.
    """
    if found.results and not found.loosely:
        return None
    text = found.question.text
    words = found.question.words
    if "@" in text or any(char.isdigit() for char in text) or any(len(word) > LONGEST_WORD for word in text.split()):
        return None
    phrase = " ".join(words)
    return phrase if 0 < len(words) <= MOST_WORDS and 2 <= len(phrase) <= _LONGEST_PHRASE else None


def monday_of(day):
    """Return the Monday of the week of `day`, a date."""
    return day - timedelta(days=day.weekday())


def digest_of(words, week):
    """Return the keyed hash of `words` in the week from `week`: in another week they have another one."""
    return salted_hmac(f"search.missed {week.isoformat()}", words, algorithm="sha256").hexdigest()


class MissedCounter(Counter):
    """Counts searches that found nothing, as pairs of (the week's Monday, words)."""

    name = "searches that found nothing"

    def count(self, found, *, typing=False):
        """Count the search that came to `found`, where it missed and is worth it.

        Only for a visitor's search among everything, or in the box of a page: nothing within a filter is no miss.
        With `typing`, what was asked may go on: of words that were asked letter by letter the longest are counted.
        """
        if phrase := phrase_of(found):
            week = monday_of(timezone.localdate())
            if typing:
                self._forget_beginning(week, phrase)
            super().count((week, phrase))

    def _forget_beginning(self, week, phrase):
        """Take back one count of the longest beginning of `phrase` that is in memory: most likely it was that."""
        with self._lock:
            begun = [
                each for each in self._counts if each[0] == week and phrase.startswith(each[1]) and each[1] != phrase
            ]
            if begun:
                longest = max(begun, key=lambda each: len(each[1]))
                self._counts[longest] -= 1
                if not self._counts[longest]:
                    del self._counts[longest]

    def store(self, counts):
        for week in sorted({week for week, _words in counts}):
            _store(week, {words: count for (each, words), count in counts.items() if each == week})


missed_searches = MissedCounter()


def most_missed(limit, at=None):
    """Return the most frequent words of the last four weeks that nobody ignores: dicts of words and times."""
    since = monday_of(timezone.localdate(at)) - RECENT
    rows = MissedSearch.objects.filter(week__gt=since, ignored=False).exclude(words="")
    return list(rows.order_by().values("words").annotate(times=Sum("count")).order_by("-times", "words")[:limit])


def forget_old_searches():
    """Delete what is older than KEPT_FOR, and of past weeks what too few have looked for."""
    this_week = monday_of(timezone.localdate())
    MissedSearch.objects.filter(week__lt=this_week - KEPT_FOR).delete()
    MissedSearch.objects.filter(week__lt=this_week, words="").delete()


@transaction.atomic
def _store(week, counts):
    """Add `counts`, {words: how often}, of the week from `week`; write out the words that enough have looked for."""
    words_of = {digest_of(words, week): words for words in counts}
    MissedSearch.objects.bulk_create(
        [MissedSearch(week=week, digest=digest) for digest in sorted(words_of)], ignore_conflicts=True
    )
    # Locked in one order by every process, so that none waits for another in a circle.
    rows = list(MissedSearch.objects.select_for_update().filter(week=week, digest__in=words_of).order_by("pk"))
    ignored = set(MissedSearch.objects.filter(words__in=counts, ignored=True).values_list("words", flat=True))
    for row in rows:
        words = words_of[row.digest]
        row.count += counts[words]
        if row.count >= WRITTEN_FROM and not row.words:
            row.words = words
            row.ignored = words in ignored
    MissedSearch.objects.bulk_update(rows, ["count", "words", "ignored"])
    _keep_bounds(MissedSearch.objects.filter(week=week))


def _keep_bounds(of_week):
    """Delete the rarest rows where a flood has made too many of them in one week."""
    too_many = of_week.count() - MOST_A_WEEK
    if too_many > 0:
        rarest = of_week.order_by("count", "pk").values_list("pk", flat=True)[:too_many]
        MissedSearch.objects.filter(pk__in=list(rarest)).delete()

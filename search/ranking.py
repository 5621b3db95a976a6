"""Which result comes first: a sum of points, each with its reason.

    fit     1000  the title is what was asked          (its words, in any order; or the telephone number)
             900  an also-known-as name is
             850  a name is what a lay word means
            else, for each thing that was asked for, divided by how many there were:
             500  its words stand in the title
             400  in an also-known-as name
             250  in the summary
             100  in the text
                  a tenth less where only a word of the list of lay words fits, a fifth where only a beginning
    title  0–50  how much of the title was asked for
    kind  0–100  what the feature gives its kind: emergency, numbers, services and people before pages and news
    time   0–40  news: 40 when new, half of it after half a year; events: 40 when near, half after 60 days
          -2000  an event that is over
    boost         what the feature gives this one thing

Equal points: the newer date first, then the title.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

TITLE_IS_IT, NAME_IS_IT, MEANING_IS_IT = 1000, 900, 850
IN_TITLE, IN_NAMES, IN_SUMMARY, IN_TEXT = 500, 400, 250, 100
OF_A_LAY_WORD, OF_A_BEGINNING = 0.9, 0.8
WHOLE_TITLE = 50
TIMELY = 40
NEWS_HALVE_IN, EVENTS_HALVE_IN = timedelta(days=182), timedelta(days=60)
OVER = -2000


@dataclass
class Result:
    """An entry that fits, with `points`: a list of (reason, points).

    `fits_by_name` says whether its title or another name holds all that was asked, and not only its texts.
    """

    entry: object
    source: object
    points: list
    fits_by_name: bool

    @property
    def score(self):
        return sum(points for _reason, points in self.points)


def rank(question, entries, *, named, sources, at):
    """Return the Results of `entries` for `question`, best first.

    `named` is {entry's id: TITLE_IS_IT, NAME_IS_IT or MEANING_IS_IT} of those that are called exactly so.
    `sources` is {kind: Source}. `at` is the instant by which news are new and events are over.
    """
    ways = [_Ways(term) for term in question.terms]
    results = [_result(ways, entry, named.get(entry.pk), sources[entry.kind], at) for entry in entries]
    return sorted(results, key=_order)


def _order(result):
    entry = result.entry
    return (-result.score, -entry.dated.timestamp() if entry.dated else 0, entry.title, entry.pk)


def _result(ways, entry, exactly, source, at):
    title, names = set(entry.title_stems.split()), set(entry.names_stems.split())
    summary = set(entry.summary_stems.split())
    fits = [_fit(way, title, names, summary) for way in ways]
    points = [_exact(exactly) if exactly else _together(fits)]
    if asked := title & {each for way in ways for each in way.all}:
        points.append((_("How much of the title was asked for"), round(WHOLE_TITLE * len(asked) / len(title))))
    if source.points:
        points.append((_("Its kind: %(kind)s") % {"kind": source.label}, source.points))
    if source.dated:
        points.append(_time(entry, at))
    if entry.boost:
        points.append((_("What it is given by itself"), entry.boost))
    by_name = bool(exactly) or all(fit >= IN_NAMES * OF_A_BEGINNING for fit in fits)
    return Result(entry, source, points, by_name)


def _exact(exactly):
    return {
        TITLE_IS_IT: (_("Its title, or its number, is what was asked"), TITLE_IS_IT),
        NAME_IS_IT: (_("It is also known as what was asked"), NAME_IS_IT),
        MEANING_IS_IT: (_("It is called what the lay word means"), MEANING_IS_IT),
    }[exactly]


class _Ways:
    """The stems by which a term can be met: its own, those of its meanings, and how its words begin."""

    def __init__(self, term):
        self.own = [frozenset(stems) for stems in term.spellings]
        self.meant = [frozenset(stems) for meaning in term.meanings for stems in meaning.stems]
        self.typed = term.typed
        self.all = frozenset().union(*self.own, *self.meant)

    def met_in(self, stems):
        """Return how well a text of these `stems` meets the term: 1, 0.9 by a meaning, 0.8 by beginnings, else 0."""
        if any(own <= stems for own in self.own):
            return 1
        if any(meant <= stems for meant in self.meant):
            return OF_A_LAY_WORD
        if all(any(each.startswith(word) for each in stems) for word in self.typed):
            return OF_A_BEGINNING
        return 0


def _fit(way, title, names, summary):
    return max(IN_TITLE * way.met_in(title), IN_NAMES * way.met_in(names), IN_SUMMARY * way.met_in(summary), IN_TEXT)


def _together(fits):
    points = round(sum(fits) / len(fits)) if fits else IN_TEXT
    return (_("Where the words stand (title 500, other names 400, summary 250, text 100)"), points)


def _time(entry, at):
    if entry.ends_at is not None and entry.ends_at <= at:
        return (_("It is over"), OVER)
    if entry.dated is None:
        return (_("At any time"), 0)
    if entry.ends_at is None:
        return (_("How new it is"), _halved(at - entry.dated, NEWS_HALVE_IN))
    return (_("How near it is"), _halved(entry.dated - at, EVENTS_HALVE_IN))


def _halved(distance, half):
    return round(TIMELY * 0.5 ** (max(distance, timedelta(0)) / half))

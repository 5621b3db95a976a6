"""Which result comes first: a sum of points, each with its reason.

    fit     1000  the title is what was asked, in whatever order; or the telephone number is
             900  an also-known-as name is; or it has an extension of the telephone number
            else, for each thing that was asked for, divided by how many there were:
             500  its words stand in the title
             400  in an also-known-as name
             250  in the summary
             100  in the text
                  a tenth less where only a meaning of the list of lay words fits, and a tenth less for each
                  meaning that stands before it in the list; a fifth less where only the beginning fits
    title  0-50  how much of the title was asked for
    asked   250  a word asked for its kind: “doctor” for people, “class” for events, “phone” for numbers
    kind  0-100  what the feature gives its kind: emergency, numbers, services and people before pages and news
    time   0-40  news: 40 when new, half of it after half a year; events: 40 when near, half after 60 days
          -2000  an event that is over
    boost         what the feature gives this one thing

Equal points: the newer date first, then the title.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

TITLE_IS_IT, NAME_IS_IT = 1000, 900
IN_TITLE, IN_NAMES, IN_SUMMARY, IN_TEXT = 500, 400, 250, 100
OF_A_MEANING, OF_A_LATER_MEANING, LEAST_OF_A_MEANING, OF_A_BEGINNING = 0.9, 0.1, 0.5, 0.8
WHOLE_TITLE = 50
KIND_ASKED_FOR = 250
TIMELY = 40
NEWS_HALVE_IN, EVENTS_HALVE_IN = timedelta(days=182), timedelta(days=60)
OVER = -2000
TOGETHER = 20  # entries are fetched at a time: a page of them


@dataclass
class Result:
    """A row that fits, with `points`: a list of (reason, points).

    `fits_by_name` says whether its title or another name holds all that was asked, and not only its texts.
    """

    row: object
    source: object
    points: list
    fits_by_name: bool
    score: int
    place: int = 0
    fetch: Callable = None

    @property
    def pk(self):
        """Return the primary key of its entry."""
        return self.row.id

    @property
    def entry(self):
        """Return its Entry, without the long text; fetched together with those of the results around it."""
        return self.fetch(self)


def rank(question, rows, *, named, sources, at, fetch=None, together=TOGETHER):
    """Return the Results of `rows` (lookup.Row) for `question`, best first.

    `named` is {entry's id: TITLE_IS_IT or NAME_IS_IT} of those that are called exactly so.
    `sources` is {kind: Source}. `at` is the instant by which news are new and events are over. `fetch` is a
    function from some of the Rows to {id: Entry}; it is asked for as many `together` as are shown.
    """
    ways = [_Ways(term) for term in question.terms]
    telling = {each for way in ways for each in way.all}
    asked = {kind for kind, source in sources.items() if question.asks_by(source.asked_by)}
    results = [_result(ways, telling, row, named.get(row.id), sources[row.kind], asked, at) for row in rows]
    results.sort(key=_order)
    entries = _Entries(results, fetch, together)
    for place, result in enumerate(results):
        result.place, result.fetch = place, entries.of
    return results


class _Entries:
    """Fetches the entries of results as they are asked for, a page of them in one query."""

    def __init__(self, results, fetch, together):
        self._results = results
        self._fetch = fetch
        self._together = together
        self._known = {}

    def of(self, result):
        if result.pk not in self._known:
            page = self._results[result.place : result.place + self._together]
            self._known |= self._fetch([each.row for each in page])
        return self._known[result.pk]


def _order(result):
    row = result.row
    return (-result.score, -row.dated.timestamp() if row.dated else 0, row.title, row.id)


def _result(ways, telling, row, exactly, source, asked, at):
    fits = [_fit(way, row) for way in ways]
    points = [_exact(exactly) if exactly else _together(fits)]
    title = set(row.title_stems.split())
    if met := title & telling:
        points.append((_("How much of the title was asked for"), round(WHOLE_TITLE * len(met) / len(title))))
    if source.kind in asked:
        points.append((_("Its kind was asked for"), KIND_ASKED_FOR))
    if source.points:
        points.append((format_lazy(_("Its kind: {kind}"), kind=source.label), source.points))
    if source.dated:
        points.append(_time(row, at))
    if row.boost:
        points.append((_("What it is given by itself"), row.boost))
    by_name = bool(exactly) or all(fit >= IN_NAMES * OF_A_BEGINNING for fit in fits)
    return Result(row, source, points, by_name, sum(each for _reason, each in points))


def _exact(exactly):
    return {
        TITLE_IS_IT: (_("Its title, or its number, is what was asked"), TITLE_IS_IT),
        NAME_IS_IT: (_("It is also known as what was asked, or has an extension of the number"), NAME_IS_IT),
    }[exactly]


class _Ways:
    """The stems by which a term can be met: its own, those of its meanings, and how its words begin."""

    def __init__(self, term):
        self.own = [frozenset(stems) for stems in term.spellings]
        self.meant = [
            (frozenset(stems), max(OF_A_MEANING - place * OF_A_LATER_MEANING, LEAST_OF_A_MEANING))
            for place, meaning in enumerate(term.meanings)
            for stems in meaning.stems
        ]
        self.typed = term.typed
        self.all = frozenset().union(*self.own, *(stems for stems, _part in self.meant))

    def met_in(self, stems):
        """Return how well a text of these `stems`, with blanks between, meets the term, as a part of 1."""
        words = set(stems.split())
        for own in self.own:
            if own <= words:
                return 1
        best = max((part for meant, part in self.meant if meant <= words), default=0) if self.meant else 0
        if best >= OF_A_BEGINNING:
            return best
        padded = f" {stems}"
        return OF_A_BEGINNING if all(f" {word}" in padded for word in self.typed) else best


def _fit(way, row):
    """Return the points of the best place; a worse one is not looked at where it could not give more."""
    best = 0
    for points, stems in (
        (IN_TITLE, row.title_stems),
        (IN_NAMES, row.names_stems),
        (IN_SUMMARY, row.summary_stems),
    ):
        if points > best:
            best = max(best, points * way.met_in(stems))
    return max(best, IN_TEXT)


def _together(fits):
    points = round(sum(fits) / len(fits)) if fits else IN_TEXT
    return (_("Where the words stand (title 500, other names 400, summary 250, text 100)"), points)


def _time(row, at):
    if row.ends_at is not None and row.ends_at <= at:
        return (_("It is over"), OVER)
    if row.dated is None:
        return (_("At any time"), 0)
    if row.ends_at is None:
        return (_("How new it is"), _halved(at - row.dated, NEWS_HALVE_IN))
    return (_("How near it is"), _halved(row.dated - at, EVENTS_HALVE_IN))


def _halved(distance, half):
    return round(TIMELY * 0.5 ** (max(distance, timedelta(0)) / half))

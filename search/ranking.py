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

TITLE_REASON = _("Its title, or its number, is what was asked")
NAME_REASON = _("It is also known as what was asked, or has an extension of the number")
WHERE_REASON = _("Where the words stand (title 500, other names 400, summary 250, text 100)")
PART_OF_TITLE_REASON = _("How much of the title was asked for")
KIND_ASKED_FOR_REASON = _("Its kind was asked for")
BOOST_REASON = _("What it is given by itself")
OVER_REASON = _("It is over")
ANY_TIME_REASON = _("At any time")
NEW_REASON = _("How new it is")
NEAR_REASON = _("How near it is")


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
    of_kinds = {kind: _points_of_kind(question, source) for kind, source in sources.items()}
    results = [
        _result(ways, telling, row, named.get(row.id), sources[row.kind], of_kinds[row.kind], at) for row in rows
    ]
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


def _points_of_kind(question, source):
    """Return the points that each thing of the kind of `source` has."""
    points = [(KIND_ASKED_FOR_REASON, KIND_ASKED_FOR)] if question.asks_by(source.asked_by) else []
    if source.points:
        points.append((format_lazy(_("Its kind: {kind}"), kind=source.label), source.points))
    return points


def _result(ways, telling, row, exactly, source, of_kind, at):
    title = _Stems(row.title_stems)
    texts = ((IN_TITLE, title), (IN_NAMES, _Stems(row.names_stems)), (IN_SUMMARY, _Stems(row.summary_stems)))
    fits = [_fit(way, texts) for way in ways]
    points = [_exact(exactly) if exactly else _together(fits)]
    if met := title.words & telling:
        points.append((PART_OF_TITLE_REASON, round(WHOLE_TITLE * len(met) / len(title.words))))
    points += of_kind
    if source.dated:
        points.append(_time(row, at))
    if row.boost:
        points.append((BOOST_REASON, row.boost))
    by_name = bool(exactly) or all(fit >= IN_NAMES * OF_A_BEGINNING for fit in fits)
    return Result(row, source, points, by_name, sum([each for _reason, each in points]))


def _exact(exactly):
    return (TITLE_REASON if exactly == TITLE_IS_IT else NAME_REASON), exactly


class _Stems:
    """The stems of one text: as a set, and in their order each with a blank before it."""

    def __init__(self, text):
        self.words = frozenset(text.split())
        self.padded = f" {text}"


class _Ways:
    """The stems by which a term can be met: its own, those of its meanings, and how its words begin."""

    def __init__(self, term):
        self.own = [frozenset(stems) for stems in term.spellings]
        self.meant = [
            (frozenset(stems), max(OF_A_MEANING - place * OF_A_LATER_MEANING, LEAST_OF_A_MEANING))
            for place, meaning in enumerate(term.meanings)
            for stems in meaning.stems
        ]
        self.typed = [f" {word}" for word in term.typed]
        self.all = frozenset().union(*self.own, *(stems for stems, _part in self.meant))

    def met_in(self, stems):
        """Return how well a text of these _Stems meets the term, as a part of 1."""
        words, best = stems.words, 0
        if not self.all.isdisjoint(words):
            for own in self.own:
                if own <= words:
                    return 1
            for meant, part in self.meant:
                if part > best and meant <= words:
                    best = part
        if best >= OF_A_BEGINNING:
            return best
        for word in self.typed:
            if word not in stems.padded:
                return best
        return OF_A_BEGINNING


def _fit(way, texts):
    """Return the points of the best place; a worse one is not looked at where it could not give more."""
    best = IN_TEXT
    for points, stems in texts:
        if points > best:
            best = max(best, points * way.met_in(stems))
    return best


def _together(fits):
    return WHERE_REASON, round(sum(fits) / len(fits)) if fits else IN_TEXT


def _time(row, at):
    if row.ends_at is not None and row.ends_at <= at:
        return OVER_REASON, OVER
    if row.dated is None:
        return ANY_TIME_REASON, 0
    if row.ends_at is None:
        return NEW_REASON, _halved(at - row.dated, NEWS_HALVE_IN)
    return NEAR_REASON, _halved(row.dated - at, EVENTS_HALVE_IN)


def _halved(distance, half):
    return round(TIMELY * 0.5 ** (max(distance, timedelta(0)) / half))

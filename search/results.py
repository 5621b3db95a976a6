"""Results as a page shows them: with the words marked, and the address for this visitor."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import get_default_timezone, localtime

from publishing.instant import now

from .models import Entry
from .snippets import markers_of


@dataclass(frozen=True)
class ShownResult:
    """A Result as it is shown. `title` and `snippet` are HTML; `path` is the address for this visitor.

    `language` is that of the page it leads to, "" for the site's own. `phone` is (href, text) or None.
    """

    entry: Entry
    kind: str
    title: str
    snippet: str
    path: str
    language: str = ""
    phone: list | None = None
    when: "When | None" = None


@dataclass(frozen=True)
class When:
    """What is told of the time of news or of an event, at the hospital's clock.

    `starts` is a datetime, or a date where no hour is told; `last_day` is that of an event of several days,
    else None. `machine` is the date or instant for the datetime attribute.
    """

    starts: datetime | date
    has_hour: bool = False
    last_day: date | None = None
    over: bool = False
    place: str = ""

    @property
    def machine(self):
        return self.starts.isoformat()


def shown(results, question, language, at=None):
    """Return the ShownResult of each of `results`, for a visitor in `language`, in one query at most.

    `question` is what was looked for. Texts are fetched of those alone whose summary has none of its words.
    """
    markers = {code: markers_of(question, code) for code in {result.entry.language for result in results}}
    wanting = [each.entry.pk for each in results if not markers[each.entry.language][0].places(each.entry.summary)]
    texts = dict(Entry.objects.filter(pk__in=wanting).values_list("pk", "text")) if wanting else {}
    at = at or now()
    return [
        _shown(result, *markers[result.entry.language], texts.get(result.entry.pk, ""), language, at)
        for result in results
    ]


def _shown(result, exact, loose, text, language, at):
    entry = result.entry
    whole = f"{entry.title} {entry.summary} {text}"
    marker = exact if exact.places(whole) else loose
    return ShownResult(
        entry=entry,
        kind=result.source.label,
        title=marker.marked(entry.title),
        snippet=marker.snippet(entry.summary, text),
        path=entry.path_for(language),
        language="" if entry.language == settings.LANGUAGE_CODE else entry.language,
        phone=entry.phone,
        when=when_of(entry, at) if result.source.dated else None,
    )


def when_of(entry, at):
    """Return the When of an Entry at `at`, None where it has no date.

    News are told by their day. An event that begins at midnight has no hour: it lasts all day, or several.
    """
    if entry.dated is None:
        return None
    starts = localtime(entry.dated, get_default_timezone())
    if entry.ends_at is None:
        return When(starts.date())
    last_day = localtime(entry.ends_at - timedelta(microseconds=1), get_default_timezone()).date()
    has_hour = (starts.hour, starts.minute) != (0, 0)
    return When(
        starts=starts if has_hour else starts.date(),
        has_hour=has_hour,
        last_day=last_day if last_day != starts.date() else None,
        over=entry.ends_at <= at,
        place=entry.place,
    )

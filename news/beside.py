"""What a post is about and who wrote it, in one query for all three: each is a handful of names with an address."""

from dataclasses import dataclass, field

from django.db.models import CharField, F, IntegerField, Value

from directory.models import Location, Person

from .models import Article, Topic

EMPTY = Value("", CharField())


@dataclass
class Beside:
    """`topics`, `authors` (Persons) and `locations` that the public may see, of each its name and slug alone."""

    topics: list = field(default_factory=list)
    authors: list = field(default_factory=list)
    locations: list = field(default_factory=list)


def beside(article, at):
    """Return the Beside of `article` at `at` (aware datetime), in one query."""
    authors = Article.authors.through.objects.filter(article=article).values("person")
    places = Article.locations.through.objects.filter(article=article).values("location")
    rows = _names(0, Topic.objects.filter(articles=article)).union(
        _names(1, Person.objects.published(at).filter(pk__in=authors), F("credentials"), F("sort_name")),
        _names(2, Location.objects.published(at).filter(pk__in=places)),
        all=True,
    )
    found = Beside()
    for number, pk, name, slug, credentials, _place in sorted(rows, key=lambda row: row[-1].casefold()):
        if number == 0:
            found.topics.append(Topic(pk=pk, name=name, slug=slug))
        elif number == 1:
            found.authors.append(Person(pk=pk, name=name, slug=slug, credentials=credentials))
        else:
            found.locations.append(Location(pk=pk, name=name, slug=slug))
    return found


def _names(number, things, credentials=EMPTY, place=F("name")):  # noqa: B008  an F is never changed
    """Return what is shown of `things` as rows of (number, pk, name, slug, credentials, what puts them in order)."""
    told = things.order_by().annotate(number=Value(number, IntegerField()), told=credentials, place=place)
    return told.values_list("number", "pk", "name", "slug", "told", "place")

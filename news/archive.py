"""The years and months in which something was published, found without reading the posts."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from publishing.local_time import local_midnight
from publishing.models import published_sql
from publishing.months import FIRST_YEAR, Month

from .models import Article

_MONTHS = range(1, 13)


@dataclass(frozen=True)
class Archive:
    """`years` are numbers, the latest first; `months` those Months of `year` that have posts, in their order.

    `year` is the one that was asked for, else the latest; None where nothing was published.
    """

    years: list
    year: int | None
    months: list


def archive(at, year=None):
    """Return the Archive of what the public may read at `at`, an aware datetime: one query, a look for each span.

    Each year since FIRST_YEAR is looked up in the index, and each month of `year`, else of the latest year.
    """
    last = timezone.localtime(at).year
    months_of = [year] if year is not None else [last, last - 1]
    spans = [*_years(last), *(span for each in months_of for span in _months(each))]
    found = _with_posts(spans, at)
    years = sorted((number for number, month in found if month == 0), reverse=True)
    if year is None and years:
        year = years[0]
    months = sorted(Month(number, month) for number, month in found if month and number == year)
    return Archive(years, year, months)


def _with_posts(spans, at):
    """Return those of `spans`, tuples (year, month or 0, begin, end), in which something was published, as pairs."""
    table = Article._meta.db_table
    condition, parameters = published_sql("post", at)
    adapt = connection.ops.adapt_datetimefield_value
    rows = ", ".join(["(%s, %s, %s, %s)"] * len(spans))
    values = [value for number, month, begin, end in spans for value in (number, month, adapt(begin), adapt(end))]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span (year, month, begins, ends) AS (VALUES {rows})"  # noqa: S608  only %s and names of ours
            " SELECT year, month FROM span WHERE EXISTS ("
            f"SELECT 1 FROM {table} post WHERE post.published_at >= span.begins"
            f" AND post.published_at < span.ends AND {condition})",
            [*values, *parameters],
        )
        return cursor.fetchall()


@lru_cache(maxsize=2)
def _years(last):
    return [
        (year, 0, local_midnight(Month(year, 1).first_day), local_midnight(Month(year + 1, 1).first_day))
        for year in range(FIRST_YEAR, last + 1)
    ]


@lru_cache(maxsize=200)
def _months(year):
    return [(year, number, *Month(year, number).bounds) for number in _MONTHS]

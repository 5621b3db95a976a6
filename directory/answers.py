"""The cards of the directory on a page of results: whom to call, where to go."""

from publishing import instant
from publishing.caching import seconds_left
from search.sources import Answer

from .models import Contact, Location, Person
from .number_entries import numbers_of
from .place_now import place_now


def contact_answer(pk):
    """Return the Answer with the numbers of a contact and when somebody answers; None where it has none."""
    at = instant.now()
    called = numbers_of(list(Contact.objects.published(at).filter(pk=pk)), at).get(pk)
    if called is None or not called.numbers:
        return None
    return _answer("contact", {"called": called}, called.open_lines)


def location_answer(pk):
    """Return the Answer with the address of a place, the number to call there and how it works now."""
    at = instant.now()
    location = Location.objects.published(at).with_hours(at).filter(pk=pk).first()
    if location is None:
        return None
    now = place_now(location, at)
    number = _first_to_call(location.contacts.published(at), at, is_shut=not now.status.has_doors_open)
    context = {"location": location, "now": now, "number": number}
    return _answer("location", context, _lines_of(number), [now.changes_at] if now.changes_at else [])


def person_answer(pk):
    """Return the Answer with the number of a person and whether new patients are accepted."""
    at = instant.now()
    person = Person.objects.published(at).select_related("contact").filter(pk=pk).first()
    if person is None:
        return None
    has_contact = person.contact is not None and person.contact.is_published_at(at)
    number = _first_to_call([person.contact] if has_contact else [], at)
    return _answer("person", {"person": person, "number": number}, _lines_of(number))


def _answer(kind, context, lines, ends=()):
    """Return the Answer that holds until the first of `ends`, aware datetimes, and of `lines`, OpenLines, is over."""
    ends = [*ends, *(line.holds_until for line in lines)]
    return Answer(f"directory/_answer_{kind}.html", context, seconds_left(ends) if ends else None)


def _first_to_call(contacts, at, *, is_shut=False):
    """Return the first NumberEntry of `contacts` that somebody can call or text, with its hours; or None.

    `is_shut` says that they are of a place whose doors are shut.
    """
    called = numbers_of(list(contacts), at).values()
    called = [each.behind_shut_doors for each in called] if is_shut else called
    return next((number for each in called if (number := each.first_to_call)), None)


def _lines_of(number):
    return [number.hours.line] if number and number.hours.line else []

"""The cards of the directory on a page of results: whom to call, where to go."""

from publishing import instant
from publishing.caching import seconds_left
from search.sources import Answer

from .models import Contact, ContactNumber, Location, Person
from .place_now import place_now


def contact_answer(pk):
    """Return the Answer with the numbers of a contact, in one query; None where it has none."""
    numbers = list(_numbers(contact__in=Contact.objects.published().filter(pk=pk)))
    if not numbers:
        return None
    return Answer("directory/_answer_contact.html", {"contact": numbers[0].contact, "numbers": numbers})


def location_answer(pk):
    """Return the Answer with the address of a place, the number to call there and how it works now."""
    at = instant.now()
    location = Location.objects.published(at).with_hours(at).filter(pk=pk).first()
    if location is None:
        return None
    now = place_now(location, at)
    return Answer(
        "directory/_answer_location.html",
        {"location": location, "now": now, "number": _first_to_call(contact__locations=pk)},
        seconds_left([now.changes_at]) if now.changes_at else None,
    )


def person_answer(pk):
    """Return the Answer with the number of a person and whether new patients are accepted."""
    person = Person.objects.published().filter(pk=pk).first()
    if person is None:
        return None
    return Answer("directory/_answer_person.html", {"person": person, "number": _first_to_call(contact__people=pk)})


def _numbers(**conditions):
    return ContactNumber.objects.filter(**conditions).select_related("contact").order_by("position", "pk")


def _first_to_call(**conditions):
    """Return the ContactNumber that a published contact with these conditions has first, but no fax; or None."""
    numbers = _numbers(contact__in=Contact.objects.published(), **conditions).exclude(kind=ContactNumber.Kind.FAX)
    return numbers.order_by("contact__section__position", "contact__position", "contact", "position", "pk").first()

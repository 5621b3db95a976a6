"""Facts of a place, a service or a person that cannot all be meant: told before they are published."""

from django.utils.translation import gettext as _

from publishing.checks import Finding, Level

from .models import LocationHours, Offering


def check_location(manuscript):
    """Find hours in words that nobody sees."""
    location = manuscript.thing
    if location.hours and any(isinstance(part, LocationHours) and part.day is None for part in manuscript.parts):
        sentence = _("Visitors do not see the hours in words: the opening hours of the week stand in their place.")
        yield Finding(Level.WARNING, "hours-twice", sentence, location, "hours", location.hours)


def check_service(manuscript):
    """Find a service that is for those with an appointment alone and for who walks in."""
    for part in manuscript.parts:
        if (
            isinstance(part, Offering)
            and part.walk_in
            and part.hours_line.by_appointment
            and not part.hours_line.weekly
        ):
            sentence = _("At %(place)s patients may walk in, and its hours say “by appointment”. Which is it?")
            message = sentence % {"place": part.location}
            yield Finding(Level.WARNING, "walk-in-by-appointment", message, part, "walk_in", part.hours)


def check_person(manuscript):
    """Find who takes patients and gives no care, and who gives care that nobody can look for."""
    person = manuscript.thing
    if not person.provider and (person.accepting_new_patients or person.telehealth):
        sentence = _(
            "Patients are accepted, but “gives care” is not ticked: “find a doctor” does not show this person."
        )
        yield Finding(Level.WARNING, "accepts-without-care", sentence, person, "provider", person.name)
    if person.provider and not person.specialty_list:
        sentence = _("Without a specialty nobody finds this person by what hurts.")
        yield Finding(Level.WARNING, "no-specialty", sentence, person, "specialties", person.name)

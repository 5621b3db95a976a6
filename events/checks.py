"""What is looked at before an event goes live: what people would ask on the phone, and what nobody should be asked."""

from django.utils.translation import gettext as _

from publishing.checks import Finding, Level

from .health_words import health_words
from .models import Event, Question


def check_place(manuscript):
    """Find an event with a day that is neither anywhere nor online."""
    event = manuscript.thing
    if event.timing in Event.DATED and not (event.location_id or event.place or event.online):
        message = _("Nobody is told where it is: choose a location, write the place, or say that it is online.")
        yield Finding(Level.WARNING, "event-nowhere", message, event, "location")


def check_link(manuscript):
    """Find a link to take part that everybody may use, and an online event without one."""
    event = manuscript.thing
    if event.online_url and event.online_url_for == Event.LinkFor.EVERYBODY:
        message = _("Everybody can read the link to take part, and search engines too: strangers may join.")
        yield Finding(Level.WARNING, "event-open-link", message, event, "online_url_for", event.online_url)
    if event.online and not event.online_url and event.sign_up_by == Event.SignUp.HERE:
        message = _("It is online and has no link to take part, so the mails to those registered have none either.")
        yield Finding(Level.WARNING, "event-no-link", message, event, "online_url")


def check_signing_up(manuscript):
    """Find registering on this site without a number of seats."""
    event = manuscript.thing
    if event.sign_up_by == Event.SignUp.HERE and event.seats is None:
        message = _("People register here and there is no number of seats: there is no limit and no waiting list.")
        yield Finding(Level.WARNING, "event-no-seats", message, event, "seats")


def check_end(manuscript):
    """Find an hour of beginning without one of ending, which people plan their way home by."""
    event = manuscript.thing
    if event.timing == Event.Timing.AT_A_TIME and event.end_time is None:
        message = _("Nobody is told when it ends. Give the time, also roughly, or leave it on purpose.")
        yield Finding(Level.WARNING, "event-no-end", message, event, "end_time")


def check_questions(manuscript):
    """Find questions that ask for details of somebody's health or for numbers that are kept secret."""
    for part in manuscript.parts:
        if not isinstance(part, Question):
            continue
        words = words_about_health(part)
        if words:
            yield Finding(Level.WARNING, "question-health", health_warning(words), part, "text", " ".join(words))


def words_about_health(question):
    """Return the words by which a Question, or a part of a manuscript that is one, asks for such details; a list."""
    return health_words(f"{question.text}\n{question.choices}")


def health_warning(words):
    """Return the warning about a question in which `words` were found."""
    return _(
        "It asks about “%(words)s”. What people answer about their health must not be asked on an open form: ask by "
        "phone, or leave it out."
    ) % {"words": "”, “".join(words[:4])}


CHECKS = (check_place, check_link, check_signing_up, check_end, check_questions)

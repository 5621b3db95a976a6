"""One message into the database and its answer back; one department's wait measured. Runs in worker threads.

What there is to log of it names the rule, never what the message holds. So an exception is named by its type and
place: its own words may repeat what it stumbled over.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from ..models import EmergencyDepartment
from ..visits import OLDEST_AS_OF, check_report, keep_visits, take_visits
from .acks import accept, refuse
from .meaning import NothingToKeep, place_of, read_visit
from .messages import Message, read_header
from .refusal import DATA_TYPE_ERROR, INTERNAL_ERROR, VALUE_NOT_FOUND, RefusedError, cannot_be_used


@dataclass(frozen=True)
class Taken:
    """The answer to a message, and of which department (its slug) the wait is to be measured as of when.

    Both are None where there is nothing to measure: nothing was kept, or the hospital is catching up, and what
    it tells is too old to say how long the wait is now. `trouble` is a sentence for the log, "" without any.
    """

    answer: bytes
    trouble: str = ""
    department: str | None = None
    as_of: datetime | None = None


def take_message(data, mapping, received_at):
    """Keep what the message in `data` (bytes) tells, and return what came of it, as Taken. Never raises.

    Accepted is what is stored. The same message taken twice changes nothing.
    """
    header = read_header(data)
    try:
        told = read_visit(Message(data, header, mapping.segments), mapping, received_at)
        _keep(told, mapping, received_at)
    except NothingToKeep as reason:
        return Taken(accept(header, received_at, str(reason)))
    except RefusedError as refusal:
        trouble = f"An ADT message was refused ({refusal.code}): {refusal.text}"
        return Taken(refuse(header, received_at, refusal), trouble)
    except Exception as error:  # whatever it is, the sender must hear of it: unanswered, its queue would stand still
        again = cannot_be_used("The message was not stored. Send it again.", condition=INTERNAL_ERROR)
        return Taken(refuse(header, received_at, again), f"An ADT message was not stored: {_named(error)}")
    answer = accept(header, received_at)
    if told.sent_at < received_at - OLDEST_AS_OF:
        return Taken(answer)
    return Taken(answer, department=told.department, as_of=told.sent_at)


def _keep(told, mapping, received_at):
    try:
        check_report(told.report, received_at)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise cannot_be_used(messages[0], place_of(field, mapping), DATA_TYPE_ERROR) from error
    department = EmergencyDepartment.objects.filter(slug=told.department).first()
    if department is None:
        raise cannot_be_used("The site has no such emergency department.", condition=VALUE_NOT_FOUND)
    keep_visits(department=department, reports=[told.report])


def measure(slug, as_of):
    """Measure the wait of the department `slug` as of the last word of it.

    Return a sentence for the log where it did not succeed, and is to be tried again until it is too old; else "".
    """
    try:
        take_visits(department=EmergencyDepartment.objects.get(slug=slug), reports=[], as_of=as_of)
    except (ValidationError, EmergencyDepartment.DoesNotExist):
        pass  # too old by now, or deleted: nothing is left to measure
    except Exception as error:  # of the database, most likely; the other departments are still to be measured
        return f"A wait was not measured: {_named(error)}"
    return ""


def unknown_departments(mapping):
    """Return the slugs of `mapping` that the site has no department of, in order."""
    slugs = {place.slug for place in mapping.places}
    return sorted(slugs - set(EmergencyDepartment.objects.filter(slug__in=slugs).values_list("slug", flat=True)))


def _named(error):
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{type(error).__name__} at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"

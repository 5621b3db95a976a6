"""What both endpoints do with a message: who sent it, was it taken before, which rows of it are good."""

import functools
import logging
from dataclasses import dataclass, field

from django.db import Error as DatabaseFailure
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from ..feed_keys import note_use
from ..models import EmergencyDepartment
from ..signatures import NotSignedError, key_of
from ..taken_events import AlreadyTakenError, is_flooding, take_event
from .bodies import parse, read_body
from .problems import Problem

logger = logging.getLogger(__name__)


def receiving(view):
    """Turn a Problem that `view` raises into its answer, and a database that does not answer into 503.

    `view` takes (request, slug) and returns what is told the sender, a dict. Nothing is kept in a cache.
    """

    @csrf_exempt  # the signature says who sent it; there is no cookie
    @functools.wraps(view)
    def wrapper(request, slug):
        try:
            if request.method != "POST":
                raise Problem(405, _("Send messages with POST."), headers={"Allow": "POST"})
            response = JsonResponse(view(request, slug))
        except Problem as problem:
            response = problem.response()
        except DatabaseFailure as failure:
            # Without its text, which may hold what was sent.
            logger.error("A feed's message could not be stored: %s", type(failure).__name__)
            response = Problem(
                503,
                _("The site cannot store it right now; nothing was taken. Send the same message again."),
                headers={"Retry-After": "30"},
            ).response()
        response["Cache-Control"] = "no-store"
        return response

    return wrapper


def message_of(request, slug):
    """Return (FeedKey, content) of a signed message for the department `slug`; `content` is the JSON object.

    Raises Problem where it is not signed by a key of this department, or there are too many of them.
    """
    body = read_body(request)
    try:
        key = key_of(
            key_id=request.headers.get("ER-Key", ""),
            timestamp=request.headers.get("ER-Timestamp", ""),
            signature=request.headers.get("ER-Signature", ""),
            body=body,
        )
    except NotSignedError as error:
        raise _unauthorized(error) from None
    if key.department.slug != slug:
        if EmergencyDepartment.objects.filter(slug=slug).exists():
            raise _unauthorized(_("This key is another department's. Each department has keys of its own."))
        raise Problem(404, _("There is no such department. Look at the address again."))
    if is_flooding(key.department):
        raise Problem(
            429,
            _("Up to 60 messages a minute are taken for a department. Wait, and send several rows in one message."),
            headers={"Retry-After": "60"},
        )
    note_use(key)
    return key, parse(body)


def _unauthorized(detail):
    """Return the Problem 401; it tells our own time, so that a clock that is wrong is found at once."""
    now = timezone.now().isoformat(timespec="seconds").replace("+00:00", "Z")
    return Problem(401, detail, headers={"WWW-Authenticate": "ER-Signature"}, time=now)


def take_once(department, event_id):
    """Note inside the transaction that stores the message that it is taken. Raises Problem 409."""
    try:
        take_event(department, event_id)
    except AlreadyTakenError:
        raise Problem(
            409, _("A message with this event id was taken before; nothing is stored twice. Do not send it again.")
        ) from None


@dataclass
class Rows:
    """The rows of a message: `good` are (index, cleaned data), `refused` are as they are told the sender."""

    good: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    def refuse(self, index, errors):
        """Refuse the row at `index`; `errors` are {"field", "problem"}, the field None where it is the whole row."""
        self.refused += [{"index": index, **error} for error in errors]

    def refuse_all(self):
        """Return the Problem for a message of which no row is good."""
        return Problem(
            422,
            _("No row can be taken; “refused” says why. Nothing is stored, and the event id can be used again."),
            refused=sorted(self.refused, key=lambda each: each["index"]),
        )

    def told(self):
        """Return the refused ones in their order, as a member of the answer."""
        return {"refused": sorted(self.refused, key=lambda each: each["index"])}


def frame_of(content, form_class):
    """Return the cleaned data of the message's frame. Raises Problem 422."""
    form = form_class(content)
    if not form.is_valid():
        raise Problem(422, _("The message is not complete; “errors” says why."), errors=form.told_errors())
    return form.cleaned_data


def rows_of(content, name, form_class, *, least, most):
    """Return the Rows in the list `name` of `content`, checked by `form_class`. Raises Problem 422."""
    listed = content.get(name)
    if not isinstance(listed, list) or not least <= len(listed) <= most:
        raise Problem(
            422,
            _("The message is not complete; “errors” says why."),
            errors=[
                {
                    "field": name,
                    "problem": _("A list of %(least)d to %(most)d rows.") % {"least": least, "most": most},
                }
            ],
        )
    rows = Rows()
    for index, row in enumerate(listed):
        if not isinstance(row, dict):
            rows.refuse(index, [{"field": None, "problem": _("Each row is an object: {…}.")}])
            continue
        form = form_class(row)
        if form.is_valid():
            rows.good.append((index, form.cleaned_data))
        else:
            rows.refuse(index, form.told_errors())
    return rows


def told(error, names=None):
    """Return what a ValidationError says, by field, as Rows.refuse takes it; `names` maps ours to the sender's."""
    return [
        {"field": (names or {}).get(name, name), "problem": sentence}
        for name, sentences in error.message_dict.items()
        for sentence in sentences
    ]

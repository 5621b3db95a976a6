"""From a request to what its body says: bounded before it is read, strict in what it takes for JSON."""

import json

from django.http import UnreadablePostError
from django.utils.translation import gettext_lazy as _

from .problems import Problem

MOST_BYTES = 256 * 1024
DEEPEST = 20


def read_body(request):
    """Return the body as bytes. Raises Problem 411, 413 or 415 before anything of a wrong one is read."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise Problem(415, _("Send the body as it is, without Content-Encoding: nothing is unpacked here."))
    if request.content_type != "application/json":
        raise Problem(415, _("Send JSON, with the header Content-Type: application/json."))
    if (request.content_params.get("charset") or "utf-8").lower() not in ("utf-8", "utf8"):
        raise Problem(415, _("Send JSON in UTF-8."))
    length = request.META.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdecimal()):
        raise Problem(411, _("Say how long the body is, in the header Content-Length; it cannot be sent in chunks."))
    if len(length) > 12 or int(length) > MOST_BYTES:
        raise Problem(413, _("A message may have 256 kB. Send it in several, each with an event id of its own."))
    try:
        return request.body
    except UnreadablePostError:
        raise Problem(400, _("The connection ended before the body did. Send it again.")) from None


def parse(body):
    """Return the JSON object that `body` (bytes) holds. Raises Problem 400.

    Refused besides what is no JSON: NaN and infinities, a name that stands twice in one object (which of
    the two is meant?), anything nested deeper than DEEPEST, and a number too long to be one.
    """
    try:
        content = json.loads(
            body.decode(), parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_no_name_twice
        )
    except UnicodeDecodeError:
        raise Problem(400, _("The body is not UTF-8.")) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise Problem(
            400,
            _(
                "The body is not JSON as it is taken here. Look for a missing comma or quote, NaN or Infinity, a "
                "number of thousands of digits, or a name that stands twice in one object."
            ),
        ) from None
    if _depth(content) > DEEPEST:
        raise _too_deep()
    if not isinstance(content, dict):
        raise Problem(400, _("The body is to be a JSON object: {…}."))
    return content


def _too_deep():
    return Problem(400, _("The body is nested too deeply: up to 20 levels."))


def _refuse_constant(name):
    raise ValueError(f"{name} is no JSON")


def _finite(text):
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("beyond all numbers")
    return number


def _no_name_twice(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _depth(content):
    """Return how many arrays and objects lie in one another; not by recursion, which a sender could exhaust."""
    depth, level = 0, [content]
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [part for each in level for part in (each.values() if isinstance(each, dict) else each)]
    return depth

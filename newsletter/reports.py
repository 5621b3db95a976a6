"""Reading what mail servers send back: reports of mail not delivered (RFC 3464) and of complaints (RFC 5965, ARF).

Who is concerned is told by our own token alone, in the header of the mail that is given back or in the address that
the report came to (see return_paths). The address that a report names is not believed: anybody can write such a
message, and would have others deleted by it.
"""

import re
from dataclasses import dataclass
from email.message import Message

from .return_paths import HEADER, has_token, subscriber_of

_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_WANTED = {"not-spam"}
_OURS = {"auth-failure", "virus"}
MOST_OF_A_TEXT = 100_000  # signs of a part in which a token is looked for


class UnreadableError(Exception):
    """The message is none that we know; `args[0]` says why, in a sentence for staff."""


@dataclass(frozen=True)
class Report:
    """`subscriber` is None of one who has left, or moved to another address, since. `kind`: see came_back."""

    subscriber: object
    kind: str
    details: str


def read(message):
    """Return what `message`, an email.message.Message, reports as a list of Report; empty where nothing is to be done.

    Answers by machine ("I am on holiday") are nothing to act on. Raises UnreadableError.
    """
    report = str(message.get_param("report-type", "")).lower()
    if message.get_content_type() == "multipart/report" and report in ("delivery-status", "feedback-report"):
        told = _not_delivered(message) if report == "delivery-status" else _complaint(message)
        if not told:
            return []
        subscriber = _whose(message)
        return [Report(subscriber, kind, details) for kind, details in told]
    if str(message.get("Auto-Submitted", "no")).lower().startswith("auto-replied"):
        return []
    raise UnreadableError("It is neither a report of a mail server nor an automatic answer.")


def _whose(message):
    """Return the Subscriber whose mail it was, None for one who is not there any more. Raises UnreadableError."""
    texts = [str(value) for name in _ADDRESSED for value in message.get_all(name, [])]
    texts += [text for part in message.walk() for text in _headers_of_ours(part)]
    for text in texts:
        if (found := subscriber_of(text)) is not None:
            return found
    if any(has_token(text) for text in texts):
        return None
    raise UnreadableError("It does not say which of our mails it is about.")


def _headers_of_ours(part):
    """Return the texts in which our header stands: as a header, or in a part that is the headers as a text."""
    found = [str(value) for value in part.get_all(HEADER, [])]
    if part.get_content_type() in ("text/rfc822-headers", "text/plain") and not part.is_multipart():
        payload = part.get_payload(decode=True) or b""
        text = payload[:MOST_OF_A_TEXT].decode("utf-8", "replace")
        found += re.findall(rf"^{HEADER}:[ \t]*(.*)$", text, re.IGNORECASE | re.MULTILINE)
    return found


def _not_delivered(message):
    """Return a (kind, details) for what a delivery report says; none where the mail was or may yet be delivered."""
    groups = [group for part in _parts(message, "message/delivery-status") for group in _groups(part)]
    failed = [group for group in groups if str(group.get("Action", "")).strip().lower() == "failed"]
    if not groups or not any(group.get("Action") for group in groups):
        raise UnreadableError("The report does not say what became of the mail.")
    return [_failure(group) for group in failed[:1]]


def _failure(group):
    status = _STATUS.search(str(group.get("Status", "")))
    diagnosis = str(group.get("Diagnostic-Code", ""))
    # Servers that pass on what another one said often have the truer code in its words.
    said = _STATUS.search(diagnosis) or status
    if said is None:
        raise UnreadableError("The report has no status that we know.")
    return kind_of(*said.groups()), f"{said[0]} {diagnosis}"


def kind_of(category, subject, detail):
    """Return the kind of a status of RFC 3463, given as its three texts of digits.

    For good is what is said of the address itself: it is not there, is closed, has moved. A full mailbox (5.2.2) may
    be emptied. A refusal for policy, contents or size (5.3.4, 5.5, 5.6, 5.7) is about us.
    """
    code = f"{subject}.{detail}"
    if subject in ("5", "6", "7") or code in ("3.4", "2.3", "1.7", "1.8"):
        return "ours"
    if category != "5" or code == "2.2":
        return "for now"
    return "gone"


def _complaint(message):
    parts = _parts(message, "message/feedback-report")
    fields = [field for part in parts for field in _groups(part)]
    kind = next((str(each["Feedback-Type"]).strip().lower() for each in fields if each.get("Feedback-Type")), "")
    if not kind:
        raise UnreadableError("The report does not say what it complains of.")
    if kind in _WANTED:
        return []
    return [("ours" if kind in _OURS else "complaint", kind)]


def _parts(message, content_type):
    return [part for part in message.walk() if part.get_content_type() == content_type]


def _groups(part):
    """Return the groups of fields in a part of a report, each as a Message."""
    payload = part.get_payload()
    return [group for group in payload if isinstance(group, Message)] if isinstance(payload, list) else []

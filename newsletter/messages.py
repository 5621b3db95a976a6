"""The mail to one reader, made from the frozen text of a mailing."""

import re
from dataclasses import dataclass, fields
from email.utils import formataddr, formatdate, parseaddr
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.html import escape

from . import marks
from .links import leave_link, one_click_link, preferences_link
from .return_paths import HEADER, return_path_of, token_of

_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
_LONGEST_LINE = 800  # bytes that may stand in a mail as they are, with a reader's links in them (RFC 5322: 998)
_BREAK = re.compile(r"(.{120}[^ \n]*) ")  # before this space a line of HTML may end as well


@dataclass(frozen=True)
class Own:
    """What differs from reader to reader."""

    address: str
    message_id: str
    date: str
    one_click: str
    token: str
    leave: str
    preferences: str


# What stands in place of it in the frame, which is made once for all readers. Nothing of it is ever sent.
_MARKS = Own(
    "to@marks.invalid",
    "<id@marks.invalid>",
    "date.marks.invalid",
    "https://one-click.marks.invalid/",
    "token.marks.invalid",
    marks.LEAVE,
    marks.PREFERENCES,
)


class Letter:
    """The text of one `mailing`, ready to be made out to its readers one by one."""

    def __init__(self, mailing):
        self._mailing = mailing
        self._html = "\n".join(_BREAK.sub(r"\1\n", line) if len(line) > 200 else line for line in _lines(mailing.html))
        self._host = urlsplit(settings.SITE_URL).hostname
        self._sender = formataddr((settings.SITE_NAME, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
        kind = "alerts" if mailing.occasion else "newsletter"
        self._list = f"{re.sub('[<>]', '', settings.SITE_NAME)} <{kind}.{self._host}>"

    def to(self, delivery):
        """Return the Mail to the subscriber of `delivery`."""
        return Mail(self, delivery)

    def own(self, delivery):
        """Return what is the reader's own, an Own; the addresses are those of the reader's language.

        Sent twice, after a crash, it has the same Message-ID, by which mail servers and readers know it again.
        """
        reader = delivery.subscriber
        with translation.override(reader.language):
            return Own(
                reader.email,
                self._message_id(delivery),
                formatdate(),
                one_click_link(reader),
                token_of(reader),
                leave_link(reader),
                preferences_link(reader),
            )

    def message(self, own, sender):
        """Return the message with what is `own`, to be sent by `sender`: text, HTML where there is some, headers."""
        message = EmailMultiAlternatives(
            self._mailing.subject,
            _with_links(self._mailing.text, own.leave, own.preferences),
            sender,
            [own.address],
            headers={
                "From": self._sender,
                "Message-ID": own.message_id,
                "Date": own.date,
                "List-Unsubscribe": self._ways_to_leave(own.one_click),
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "List-Id": self._list,
                "Precedence": "bulk",
                "Auto-Submitted": "auto-generated",
                HEADER: own.token,
            },
        )
        if self._html:
            html = _with_links(self._html, escape(own.leave), escape(own.preferences))
            message.attach_alternative(html, "text/html")
        return message

    @cached_property
    def frame(self):
        """Return the bytes of the message cut at what is each reader's own: a list of (bytes, name in Own or None).

        To join that is a tenth of the work of making each message anew. None where it cannot be done so: where lines
        are so long that the text is encoded, and a mark may be cut in two.
        """
        texts = [self._mailing.text, self._html]
        if any(len(line.encode()) > _LONGEST_LINE for text in texts for line in _lines(text)):
            return None
        content = as_bytes(self.message(_MARKS, settings.DEFAULT_FROM_EMAIL))
        expected = {mark: sum(text.count(mark) for text in texts) for mark in (marks.LEAVE, marks.PREFERENCES)}
        found = {name: content.count(getattr(_MARKS, name).encode()) for name in OWN}
        once = dict.fromkeys(OWN, 1) | {"leave": expected[marks.LEAVE], "preferences": expected[marks.PREFERENCES]}
        if found != once:
            return None
        names = {getattr(_MARKS, name).encode(): name for name in OWN}
        pieces = re.split(b"(%s)" % b"|".join(re.escape(mark) for mark in names), content)
        return [(piece, names.get(piece)) for piece in pieces]

    def _message_id(self, delivery):
        what = f"{self._mailing.made_at.isoformat()}/{self._mailing.pk}/{delivery.pk}"
        return f"<{delivery.pk}.{salted_hmac('newsletter.message', what).hexdigest()[:16]}@{self._host}>"

    def _ways_to_leave(self, one_click):
        ways = f"<{one_click}>"
        if settings.NEWSLETTER_LEAVE_ADDRESS:
            ways += f", <mailto:{settings.NEWSLETTER_LEAVE_ADDRESS}?subject=unsubscribe>"
        return ways


OWN = [each.name for each in fields(Own)]


class Mail:
    """The mail to the subscriber of one delivery. `sender` is that of the envelope."""

    def __init__(self, letter, delivery):
        self._letter = letter
        self._own = letter.own(delivery)
        self.address = self._own.address
        self.sender = return_path_of(delivery.subscriber) or settings.DEFAULT_FROM_EMAIL

    def message(self):
        """Return it as Django's mail backends take it."""
        return self._letter.message(self._own, self.sender)

    def content(self):
        """Return it as a mail server takes it, in bytes."""
        frame = self._letter.frame
        links = [self._own.leave, self._own.preferences, self._own.one_click]
        if frame is None or not _PLAIN_ADDRESS.fullmatch(self.address) or any(escape(link) != link for link in links):
            return as_bytes(self.message())
        return b"".join(getattr(self._own, name).encode() if name else piece for piece, name in frame)


def _lines(text):
    return text.replace("\r\n", "\n").split("\n")


def as_bytes(message):
    """Return `message`, Django's, as a mail server takes it."""
    return message.message().as_bytes(linesep="\r\n")


def _with_links(text, leave, preferences):
    return text.replace(marks.LEAVE, leave).replace(marks.PREFERENCES, preferences)

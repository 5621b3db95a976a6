"""The mailbox for returned mail: over IMAP, or a folder (Maildir) or file (mbox) of this machine.

Each gives `messages()`, pairs of (key, bytes) in their order, and `remove(key)`. A key names the
message as long as it lies there, on every later look as well.
"""

import imaplib
import mailbox
from contextlib import contextmanager, suppress
from hashlib import sha256
from urllib.parse import unquote, urlsplit

TIMEOUT = 30  # seconds


class MailboxError(Exception):
    """The mailbox cannot be opened; `args[0]` says why."""


@contextmanager
def opened(address):
    """Open the mailbox at `address` and close it in the end. Raises MailboxError and OSError.

    imaps://user:password@host/Folder (imap:// without encryption, for this machine only), maildir:///path, mbox:///path;
    an “@” or “/” in user or password is written %40, %2F.
    """
    parts = urlsplit(address)
    if parts.scheme in ("maildir", "mbox"):
        box = FileBox(parts.scheme, unquote(parts.path))
    elif parts.scheme in ("imap", "imaps"):
        box = ImapBox(parts)
    else:
        raise MailboxError("The address begins with none of imaps://, imap://, maildir:// and mbox://.")
    try:
        yield box
    finally:
        box.close()


class FileBox:
    def __init__(self, scheme, path):
        try:
            make = mailbox.Maildir if scheme == "maildir" else mailbox.mbox
            self._box = make(path, create=False)
        except (mailbox.Error, OSError) as error:
            raise MailboxError(f"There is no mailbox at {path}.") from error
        self._box.lock()
        self._keys = {}

    def messages(self):
        for name in sorted(self._box.keys(), key=str):
            content = self._box.get_bytes(name)
            key = sha256(content).hexdigest()
            self._keys[key] = name
            yield key, content

    def remove(self, key):
        self._box.discard(self._keys[key])

    def close(self):
        self._box.close()  # writes what was removed, and unlocks


class ImapBox:
    def __init__(self, parts):
        make = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
        options = {"port": parts.port} if parts.port else {}
        try:
            self._server = make(parts.hostname, timeout=TIMEOUT, **options)
            self._server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            code, _data = self._server.select(unquote(parts.path).strip("/") or "INBOX")
        except (imaplib.IMAP4.error, OSError) as error:
            raise MailboxError(f"The mail server said: {error}") from error
        if code != "OK":
            raise MailboxError("There is no such folder on the mail server.")
        self._validity = self._server.response("UIDVALIDITY")[1][0].decode()

    def messages(self):
        _code, [numbers] = self._server.uid("search", None, "ALL")
        for number in numbers.split():
            _code, data = self._server.uid("fetch", number, "(BODY.PEEK[])")
            found = next((part[1] for part in data if isinstance(part, tuple)), None)
            if found is not None:
                yield f"{self._validity}:{number.decode()}", found

    def remove(self, key):
        self._server.uid("store", key.rpartition(":")[2], "+FLAGS", r"(\Deleted)")

    def close(self):
        with suppress(imaplib.IMAP4.error, OSError):  # what was not removed is read once more, which does no harm
            self._server.expunge()
            self._server.logout()

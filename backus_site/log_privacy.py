"""What must not stand in a log: the signed part of an address, which opens somebody's notice or subscription."""

import logging
import re

# A part of a path with a signature: "MQ:1tXyz:Jx…". Every link that we sign has this form.
_SIGNED = re.compile(r"""/[^/\s?"':]*:[^/\s?"']*[\w-]{20,}""")


class WithoutSignedLinks(logging.Filter):
    """Writes … in place of the signed part of every address in a line, such as Django's “Gone: /path/”."""

    def filter(self, record):
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(each) if isinstance(each, str) else each for each in record.args)
        if isinstance(record.msg, str):
            record.msg = _hidden(record.msg)
        return True


def _hidden(text):
    """Return `text` without what follows a slash and holds a signature; an address with a port stays."""
    return _SIGNED.sub("/…", text)

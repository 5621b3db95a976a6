"""Why a message is not taken, in the words and codes that its sender is answered with."""

# HL7 table 0357, message error conditions.
REQUIRED_FIELD_MISSING = ("101", "Required field missing")
DATA_TYPE_ERROR = ("102", "Data type error")
VALUE_NOT_FOUND = ("103", "Table value not found")
UNSUPPORTED_MESSAGE_TYPE = ("200", "Unsupported message type")
UNSUPPORTED_EVENT = ("201", "Unsupported event code")
UNSUPPORTED_PROCESSING_ID = ("202", "Unsupported processing id")
UNSUPPORTED_VERSION = ("203", "Unsupported version id")
INTERNAL_ERROR = ("207", "Application internal error")


class RefusedError(Exception):
    """A message that is not taken; `text` names what is wrong and never holds anything of the message.

    `code` is AE where the message was understood and cannot be used, AR where it is none that is taken here.
    `condition` is one of the pairs above, `field` the place in the message ("PV1-44") or "".
    """

    def __init__(self, code, condition, text, field=""):
        self.code = code
        self.condition = condition
        self.field = field
        self.text = f"{field}: {text}" if field else text
        super().__init__(self.text)


def cannot_be_used(text, field="", condition=DATA_TYPE_ERROR):
    """Return the RefusedError of a message that was understood: AE."""
    return RefusedError("AE", condition, text, field)


def not_taken_here(text, field="", condition=DATA_TYPE_ERROR):
    """Return the RefusedError of what is no message that is taken here: AR."""
    return RefusedError("AR", condition, text, field)

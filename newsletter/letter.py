"""A newsletter as a letter in plain text, for those who read mails so; every link stands in full."""

from django.utils.translation import gettext as _

from .composition import Kind
from .mail_text import mail_text, underlined, wrapped


def letter(content):
    """Return the plain text of a newsletter; `content` is what its HTML is made of."""
    pieces = [underlined(content["subject"], "=")]
    for part in content["parts"]:
        pieces += _told(part)
    pieces += ["-" * 24, *_foot(content)]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _told(part):
    heading = [underlined(part["heading"])] if part["heading"] else []
    if part["kind"] == Kind.TEXT:
        return [*heading, mail_text(part["rich_text"], part["path"])]
    if part["kind"] == Kind.PICTURE:
        words = part["picture"].alternative_text
        picture = wrapped(_("[Picture: %(words)s]") % {"words": words}) if words else ""
        return [picture, wrapped(part["caption"])]
    if part["kind"] == Kind.LINK:
        return [wrapped(part["label"] + ":") + "\n" + part["address"]]
    return [*heading, *(_thing(each) for each in part["things"])]


def _thing(thing):
    """Return a post or an event: its title, what is to be known of it, and its address on a line of its own."""
    lines = [thing["title"]]
    if thing.get("status"):
        lines.append(thing["status"].upper() if not thing["takes_place"] else thing["status"])
    lines += [thing.get("when", ""), thing.get("where", ""), thing.get("note", ""), thing["words"]]
    return "\n".join([*(wrapped(line) for line in lines if line), thing["address"]])


def _foot(content):
    return [
        _("On the web:") + "\n" + content["page"],
        wrapped(why_you_get_this(content)),
        _("Choose what you get:") + "\n" + content["preferences"],
        _("Leave (unsubscribe):") + "\n" + content["leave"],
        wrapped(content["postal_address"]),
    ]


def why_you_get_this(content):
    """Return the sentence that says why a reader gets the mail."""
    names = content["lists"]
    if not names:
        words = _("You get this because you asked %(hospital)s for it.")
    elif len(names) == 1:
        words = _("You get this because you asked %(hospital)s for: %(lists)s.")
    else:
        words = _("You get this because you asked %(hospital)s for at least one of these: %(lists)s.")
    return words % {"hospital": content["site_name"], "lists": ", ".join(names)}

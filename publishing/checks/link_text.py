"""Links whose words say nothing of where they lead: a screen reader reads them out one after the other."""

import re
import unicodedata

from django.utils.translation import gettext as _

from .finding import Finding, Level, shortened

VAGUE = {
    *("here", "click", "click here", "click this", "click this link", "click the link", "click below", "tap here"),
    *("press here", "go here", "see here", "link", "this link", "the link", "this", "this page", "page", "website"),
    *("this website", "our website", "site", "this site", "more", "more info", "more information", "more details"),
    *("learn more", "learn more here", "read more", "read more here", "read on", "see more", "view more", "show more"),
    *("find out more", "find out", "continue", "continue reading", "details", "info", "information", "go", "view"),
    *("download", "download here", "start", "open", "see", "visit", "click here for more information"),
    *("click here to learn more", "click here for more", "for more information", "for more information click here"),
    *("aqui", "haga clic aqui", "haga click aqui", "haz clic aqui", "clic aqui", "pulse aqui", "presione aqui"),
    *("enlace", "este enlace", "mas", "mas informacion", "mas detalles", "leer mas", "lea mas", "ver mas", "vea mas"),
    *("saber mas", "conozca mas", "continuar", "detalles", "informacion", "descargar", "esta pagina", "pagina"),
}
_SIGNS = re.compile(r"[^\w\s]+")
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S+", re.IGNORECASE)


def check_link_text(manuscript):
    """Find links without words, with words that fit any link, or with an address in place of words."""
    for link in manuscript.links:
        words = link.text
        if words is None:
            continue
        if not any(char.isalnum() for char in words):
            message = _("The link to %(address)s has no words that one could read out or click.") % {
                "address": shortened(link.href)
            }
            code = "link-without-words"
        elif _BARE_ADDRESS.fullmatch(words):
            message = _("The link shows the address “%(words)s”: say in words where it leads.")
            code = "vague-link"
        elif _folded(words) in VAGUE:
            message = _("The link “%(words)s” does not say where it leads: name it, as “Read about our birth center”.")
            code = "vague-link"
        else:
            continue
        if code == "vague-link":
            message %= {"words": shortened(words)}
        yield Finding(Level.WARNING, code, message, link.part, link.text_field, f"{words} {link.href}")


def _folded(words):
    """Return `words` in small letters, without accents, signs and arrows."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(_SIGNS.sub(" ", plain).replace("_", " ").split())

"""How a path of this site is written in one way, so that two spellings of it are one address."""

import posixpath
import unicodedata
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

LONGEST_PATH = 300  # characters
PREFIXES = [f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# Not pages: nothing below them is redirected or counted.
APART = ("/admin/", "/api/", "/media/", "/static/")

_https_address = URLValidator(schemes=["https"])
# What would mean something else once it stands in an address, or is never part of one.
_UNUSUAL = set('?#%\\"<>`{}|^')


def is_apart(path):
    """Return whether `path` belongs to the staff's screens, to machines or to files."""
    return f"{path}/".lower().startswith(APART)


def is_home(path):
    """Return whether `path` is a home page's, in any language."""
    return path == "/" or path in PREFIXES


def normal_path(path):
    """Return `path` as it is stored: decoded, small letters, "/" at both ends (none after a file's name).

    Raises ValidationError for what is not a path of this site: without "/" in front, with "//", ".." or
    signs that no page has.
    """
    try:
        path = unquote(path, errors="strict")
    except UnicodeDecodeError:
        raise ValidationError(_("This address holds signs that cannot be read.")) from None
    path = unicodedata.normalize("NFC", path).lower()
    parts = path.removesuffix("/").split("/")
    if not path.startswith("/") or "" in parts[1:] or {".", ".."} & set(parts):
        raise ValidationError(_("Write a path of this site that begins with one “/”, such as /news/new-clinic/."))
    if not path.isprintable() or any(char.isspace() or char in _UNUSUAL for char in path):
        raise ValidationError(_("Write the path alone: no spaces, and nothing from “?” or “#” on."))
    if len(path) > LONGEST_PATH - 1:
        raise ValidationError(
            _("Such a long address cannot be kept: up to %(limit)d characters.") % {"limit": LONGEST_PATH}
        )
    bare = path.removesuffix("/")
    return bare if "." in posixpath.basename(bare) else f"{bare}/"


def path_or_none(path):
    """Return the normal form of `path`, or None where it has none."""
    try:
        return normal_path(path)
    except ValidationError:
        return None


def normal_old_path(address):
    """Return the normal path of a page of this site that is no more. `address` may begin with the site's own name.

    Raises ValidationError also for the home page and for what is not a page.
    """
    path = normal_path(_without_site(address.strip()))
    if is_home(path):
        raise ValidationError(_("The home page has to stay where it is."))
    if is_apart(path):
        raise ValidationError(_("Only addresses of pages are redirected, not files or the staff's screens."))
    return path


def normal_target(address):
    """Return where a redirect leads: a path of this site with its ?query and #part, or an https address.

    Raises ValidationError for everything else: another scheme, a name and password in the address.
    """
    address = _without_site(address.strip())
    if address.startswith("/"):
        path, query = _split(address)
        if is_apart(path) and not path.lower().startswith("/admin"):
            return quote(unquote(path), safe="/") + query  # the case of a file's name counts
        path = normal_path(path)
        if is_apart(path):
            raise ValidationError(_("Visitors cannot be led to the staff's screens."))
        if not query.isprintable() or any(char.isspace() or char in '\\"<>' for char in query):
            raise ValidationError(_("There is a sign in this address that cannot stand there."))
        return path + query
    message = _("Write a page of this site as /contact/, or an address that begins with https://.")
    if "\\" in address or "@" in address:
        raise ValidationError(message)
    try:
        _https_address(address)
    except ValidationError:
        raise ValidationError(message) from None
    return address


def path_of(target):
    """Return the path part of `target`, or "" where it leads to another site."""
    return _split(target)[0] if target.startswith("/") else ""


def _split(address):
    """Return (path, the rest with its "?" or "#")."""
    ends = [at for at in (address.find("?"), address.find("#")) if at >= 0]
    end = min(ends, default=len(address))
    return address[:end], address[end:]


def _without_site(address):
    """Return `address` without the site's own scheme and host."""
    site = settings.SITE_URL
    if address.lower() == site.lower():
        return "/"
    if address.lower().startswith(f"{site}/".lower()):
        return address[len(site) :]
    host = urlsplit(site).netloc.lower()
    for scheme in ("http://", "https://"):  # copied from a browser that came over the other one
        if address.lower().startswith(f"{scheme}{host}/"):
            return address[len(scheme) + len(host) :]
    return address

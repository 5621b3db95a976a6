"""To which page a best bet leads, and whether visitors see it now."""

from collections import defaultdict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.site_paths import PREFIXES, normal_target

from .models import Entry


def path_in_index(address, language):
    """Return the path under which the index knows the page at `address`, as it was typed or pasted.

    The page must be one that visitors in `language` find now. Raises ValidationError with a sentence for the
    editor where it is not.
    """
    target = normal_target(address)
    if not target.startswith("/"):
        raise ValidationError(_("This address is on another site. Give a page of this one, such as /contact/."))
    known = entries_at(ways_to_write(target))
    path = next((path for path in ways_to_write(target) if path in known), None)
    if hidden := why_hidden(known.get(path, []), language):
        raise ValidationError(hidden)
    return path


def ways_to_write(target):
    """Return the paths by which the index may know `target`: as it is, without what follows "?" or "#", without /es/.

    The most exact comes first.
    """
    bare = target.partition("#")[0].partition("?")[0]
    ways = [target, target.partition("?")[0], bare]
    ways += [f"/{way.removeprefix(prefix)}" for prefix in PREFIXES for way in ways if way.startswith(prefix)]
    return list(dict.fromkeys(ways))


def entries_at(paths):
    """Return {path: list of (Entry, whether it is shown now)} for `paths`; two queries."""
    shown = set(Entry.objects.shown().filter(path__in=paths).values_list("pk", flat=True))
    found = defaultdict(list)
    for entry in Entry.objects.filter(path__in=paths).only("path", "serves"):
        found[entry.path].append((entry, entry.pk in shown))
    return found


def why_hidden(entries, language):
    """Return a sentence that says why visitors in `language` do not see a best bet; "" where they see it.

    `entries` are what `entries_at` returned for its path.
    """
    if not entries:
        return _("The search knows no page at this address. Open the page, and copy its address from the browser.")
    shown = [entry for entry, is_shown in entries if is_shown]
    if not shown:
        return _("The page is not public.")
    if not any(language in entry.serves for entry in shown):
        name = dict(settings.LANGUAGES).get(language, language)
        return _("Visitors who read %(language)s have another page for this: give its address.") % {"language": name}
    return ""

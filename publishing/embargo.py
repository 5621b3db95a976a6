"""What is kept from everybody without an account until an instant, whatever way they come.

Lists, feeds and the search leave out what is not published anyhow. Three ways would show it all the same: a link to
a preview of the thing itself; a link to a preview of another page at an instant to come; and a document, which
everybody can open who knows its address. A feature with an embargo registers in its AppConfig.ready how the first
two are closed; its things say of themselves whether they are kept back, `is_embargoed()`.
"""

from django.utils import timezone

from .models import Publishable
from .usage import uses_of

_embargoes = []


def register_embargo(kept_back, hide):
    """Have a feature keep back what is under embargo.

    `kept_back`, a function of an aware datetime, returns the queryset of what is under embargo then; its model has
    `is_embargoed`. `hide`, of the same, makes the database forget it, in a transaction that is rolled back.
    """
    if (kept_back, hide) not in _embargoes:
        _embargoes.append((kept_back, hide))


def is_embargoed(thing):
    """Return whether `thing` is kept by the clock from everybody without an account, whatever a preview is set to."""
    tell = getattr(thing, "is_embargoed", None)
    return tell is not None and tell(timezone.now())


def hide_embargoed():
    """Make the database forget all that is under embargo by the clock. For a transaction that is rolled back."""
    for _kept_back, hide in _embargoes:
        hide(timezone.now())


def is_withheld(document):
    """Return whether `document`, one of the library, stands in something under embargo and in nothing public."""
    at = timezone.now()
    if not any(kept_back(at).exists() for kept_back, _hide in _embargoes):
        return False
    uses = uses_of(document)
    return any(is_embargoed(use.thing) for use in uses) and not any(_is_public(use, at) for use in uses)


def _is_public(use, at):
    if use.in_draft:
        return False
    return not isinstance(use.thing, Publishable) or use.thing.is_published_at(at)

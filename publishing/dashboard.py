"""The editors' front page: what waits for the one who has signed in.

A feature adds a panel of its own in its AppConfig.ready: `register_panel(stale_readings)`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from .permissions import may

MOST_ROWS = 8


@dataclass(frozen=True)
class Row:
    """One line: what it is, where to go, and a word more. `urgent` marks what cannot wait.

    With `button`, the words on it, a button leads there in place of the title.
    """

    title: str
    address: str
    detail: str = ""
    urgent: bool = False
    button: str = ""


@dataclass(frozen=True)
class Panel:
    """A list under a heading. `more` is the number of lines left out, `empty` what stands where there is none."""

    title: str
    rows: list = field(default_factory=list)
    empty: str = ""
    more: int = 0
    more_address: str = ""


@dataclass(frozen=True)
class Viewer:
    """Whose front page it is, and of which instant."""

    user: object
    now: datetime
    _known: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def may(self, action, model):
        """Return whether the viewer may "view", "change" or "publish" things of `model`."""
        return may(self.user, action, model)

    def once(self, ask):
        """Return `ask(now)`; where several panels need the same, it is asked for the first alone."""
        if ask not in self._known:
            self._known[ask] = ask(self.now)
        return self._known[ask]


_panels = []


def register_panel(make: Callable[[Viewer], Panel | None], *, place=100):
    """Add a panel: `make` returns it for a Viewer, or None where it is nothing for him. Lower places come first."""
    if (place, make) not in _panels:
        _panels.append((place, make))
        _panels.sort(key=lambda each: each[0])


def panels_for(user, now=None):
    """Return the Panels of the front page of `user` at `now` (default: now)."""
    viewer = Viewer(user, now or timezone.now())
    return [panel for panel in (make(viewer) for _place, make in _panels) if panel is not None]

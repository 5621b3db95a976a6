"""What the address of a results page asks for, and the addresses of the same with something changed."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from publishing.local_time import day_after, local_midnight


@dataclass(frozen=True)
class Asked:
    """The words, and by what the results are narrowed. `kind` and `topic` are "" for all; days are None for any.

    With `as_typed` no typing error is to be mended.
    """

    text: str = ""
    kind: str = ""
    topic: str = ""
    first_day: date | None = None
    last_day: date | None = None
    as_typed: bool = False

    @property
    def is_narrowed(self):
        return bool(self.kind or self.topic or self.first_day or self.last_day)

    @property
    def between(self):
        """Return the two instants between which the days lie at the hospital, None for an open side."""
        return (
            local_midnight(self.first_day) if self.first_day else None,
            local_midnight(day_after(self.last_day)) if self.last_day else None,
        )

    @property
    def parameters(self):
        """Return the pairs of name and value of the address, without the page of the list."""
        values = {
            "q": self.text,
            "kind": self.kind,
            "topic": self.topic,
            "from": self.first_day and self.first_day.isoformat(),
            "to": self.last_day and self.last_day.isoformat(),
            "exact": self.as_typed and "1",
        }
        return [(name, value) for name, value in values.items() if value]

    def address(self, **changes):
        """Return the query of the address, from "?" on, with these fields changed, on the first page of the list."""
        return f"?{urlencode(replace(self, **changes).parameters)}"

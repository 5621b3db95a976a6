"""What a search comes to."""

from dataclasses import dataclass, field

from .questions import Question


@dataclass(frozen=True)
class Facet:
    """A kind or a topic of what was found: `count` is None where there was too much to count."""

    value: str
    label: str
    count: int | None


@dataclass(frozen=True)
class Found:
    """What `find` returns. `results` are Results, best first.

    `instead` is the text that was looked for in place of what was typed, or "". `meant` is one that is offered,
    or "". With `loosely`, nothing had all the words, and the results have some. With `more`, there is more than
    can be listed. `looked_for` is the Question whose words stand in the results: that of `instead` where it is set.
    `bets` are the editors' best bets by their keys, as they stood when it was looked for.
    """

    question: Question
    results: list = field(default_factory=list)
    kinds: list = field(default_factory=list)
    topics: list = field(default_factory=list)
    more: bool = False
    instead: str = ""
    meant: str = ""
    loosely: bool = False
    looked_for: Question | None = None
    bets: dict = field(default_factory=dict)

    def __post_init__(self):
        if self.looked_for is None:
            object.__setattr__(self, "looked_for", self.question)

    @property
    def fits(self):
        """Return whether anything was found, be it of another kind or topic than the filters let through."""
        return bool(self.results or self.kinds or self.topics)

"""What contradicts itself in the phone list: found from the contacts alone, decided by a person."""

from .conflict import Conflict, Kind
from .deciding import Case, ChangedMeanwhileError, assign, cases_of, decide, reopen
from .finding import find_conflicts

__all__ = [
    "Case",
    "ChangedMeanwhileError",
    "Conflict",
    "Kind",
    "assign",
    "cases_of",
    "decide",
    "find_conflicts",
    "reopen",
]

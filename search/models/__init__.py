from .best_bet import BestBet
from .entry import Entry, Name
from .lay_word import LayWord
from .missed import MissedSearch
from .word import Stamp, Word

__all__ = ["BestBet", "Entry", "LayWord", "MissedSearch", "Name", "Stamp", "Word"]

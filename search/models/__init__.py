from .best_bet import BestBet
from .entry import Entry, Name
from .index_check import IndexCheck
from .lay_word import LayWord
from .missed import MissedSearch
from .word import Stamp, Word

__all__ = ["BestBet", "Entry", "IndexCheck", "LayWord", "MissedSearch", "Name", "Stamp", "Word"]

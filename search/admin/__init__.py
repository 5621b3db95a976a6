from .best_bets import BestBetAdmin
from .lay_words import LayWordAdmin
from .missed import MissedSearchAdmin

__all__ = ["BestBetAdmin", "LayWordAdmin", "MissedSearchAdmin"]

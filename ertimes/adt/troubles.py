"""What goes wrong, in the log once a round: a sender that repeats a fault by the thousand must not fill the disk."""

import logging
from collections import Counter

logger = logging.getLogger(__name__)


class Troubles:
    """Logs a sentence when it comes first, and at the end of the round how often it came again."""

    def __init__(self):
        self._again = Counter()

    def tell(self, sentence):
        """Log `sentence`, or count it; "" is no trouble."""
        if not sentence:
            return
        if sentence in self._again:
            self._again[sentence] += 1
        else:
            self._again[sentence] = 0
            logger.warning("%s", sentence)

    def end_round(self):
        """Log what came again, and begin anew."""
        for sentence, times in self._again.items():
            if times:
                logger.warning("%s (%d times more)", sentence, times)
        self._again.clear()

"""By which rules a feed's reading is held for a person before anybody sees it."""


def judge(reading):
    """Return why `reading`, a WaitTimeReading that is not stored yet, is held: a sentence, or "" where it is not."""
    return ""

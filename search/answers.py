"""The card above the results, where what was asked has one answer."""

EXACTLY = 850  # points for being called what was asked, or having the number: less is only likely


def answer_in(found):
    """Return (Result, Answer) of what was asked, or (None, None) where no one thing is it or it has no card."""
    best = found.results[0] if found.results else None
    if best is None or best.source.answer is None or best.points[0][1] < EXACTLY:
        return None, None
    answer = best.source.answer(best.entry.object_id)
    return (best, answer) if answer else (None, None)

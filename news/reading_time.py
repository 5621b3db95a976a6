"""How long it takes to read a post."""

from math import ceil

from publishing.excerpts import plain_text

WORDS_A_MINUTE = 200  # of grown-ups who read for themselves, in English as in Spanish


def minutes_to_read(article, blocks):
    """Return the whole minutes, 1 at least, for `article` with its `blocks`, Blocks of any kind."""
    texts = [article.summary, article.body]
    for block in blocks:
        texts += [block.heading, block.text, block.quote, block.caption]
    return max(1, ceil(len(plain_text(" ".join(texts)).split()) / WORDS_A_MINUTE))

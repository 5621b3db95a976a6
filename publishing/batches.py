"""Long lists in parts: one statement takes only so many values, and one transaction is not to hold others for long."""


def batches(things, size):
    """Yield the list `things` in lists of `size`, the last one of what is left."""
    for start in range(0, len(things), size):
        yield things[start : start + size]

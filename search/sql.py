"""What is written by hand for the database."""


def places(values):
    """Return the placeholders for `values`, a list of at least one: "%s, %s"."""
    return ", ".join(["%s"] * len(values))

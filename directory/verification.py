"""The round in which staff ring the numbers of the directory: whose turn it is, and what came of it."""

from datetime import timedelta

VERIFIED_FOR = timedelta(days=182)  # half a year: so long a number counts as verified

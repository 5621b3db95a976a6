"""The round in which staff ring the numbers of the phone list: whose turn it is, and what came of it."""

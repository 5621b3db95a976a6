"""Events from a calendar file or address: read entry by entry, looked at, and stored as drafts."""

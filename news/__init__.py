"""News posts and their topics."""

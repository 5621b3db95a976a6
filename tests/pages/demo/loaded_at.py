from datetime import UTC, datetime

# A Wednesday, noon in New York.
LOADED_AT = datetime(2025, 5, 14, 16, tzinfo=UTC)

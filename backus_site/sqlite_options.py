"""How the embedded database is opened."""

import sqlite3

# Releases before this one have a fault in the write-ahead log that can corrupt the file when
# the log is reset while another connection writes (sqlite.org/wal.html, "The WAL-Reset Bug").
FIRST_SAFE_WAL = (3, 51, 3)


def sqlite_options(version=sqlite3.sqlite_version_info):
    """Return Django's OPTIONS for SQLite `version`, a tuple of three numbers.

    Writers queue at the start of their transaction (IMMEDIATE) and wait up to 20 seconds, so that
    none fails half-way with "database is locked".
    """
    journal = "WAL" if version >= FIRST_SAFE_WAL else "DELETE"
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }

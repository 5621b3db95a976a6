from pathlib import PurePath


def name_with_fingerprint(filename, fingerprint):
    """Return the name under which a file is stored: lobby.jpg as lobby-3f9a1c0b52d7.jpg.

    The bytes are part of the name, so a name is never used again for other bytes, and a file that
    replaces another one has an address that no browser has kept.
    """
    path = PurePath(filename)
    return f"{path.stem}-{fingerprint[:12]}{path.suffix}" if fingerprint else path.name

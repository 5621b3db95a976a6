"""A secret key for the local site, made once and kept in a file that only its owner reads."""

import os
import secrets


def read_or_make_secret(path):
    """Return the secret in `path` (a pathlib.Path), making file and secret where there is none.

    Several processes may start at once: whoever links its file first wins, the others read that one,
    and nobody ever reads a half-written secret.
    """
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")  # a process's number comes twice in containers
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()

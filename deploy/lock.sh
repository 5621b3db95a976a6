#!/bin/sh
# Rewrite requirements/*.txt from requirements/*.in. base.txt comes first and dev.txt is bound
# to it, so that a developer tests the very releases that a hospital runs.
set -eu
cd "$(dirname "$0")/../requirements"

lock() {
    # No index, no annotation: the files name packages and hashes, never a host or a folder.
    ../.venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" "$@"
}

lock "$@" base.in --output-file base.txt
lock "$@" --constraint base.txt dev.in --output-file dev.txt

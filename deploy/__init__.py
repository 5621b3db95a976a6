"""Bring the site up on a machine: what `make` calls before and around Django."""

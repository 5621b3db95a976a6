"""What other parts may want to do when something goes live or is taken down: log it, redirect, refresh an index."""

from django.dispatch import Signal

published = Signal()  # thing, user, at: None for now, else the instant to come
unpublished = Signal()  # thing, user, note
address_changed = Signal()  # thing, user, old_path
deleted = Signal()  # thing, user: sent before its row goes

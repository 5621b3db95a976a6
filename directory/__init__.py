"""Contacts, services, locations and people: facts that a feature may point at."""

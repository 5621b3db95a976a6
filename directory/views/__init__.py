"""The pages of the directory: contacts, services, locations, people."""

"""Classes, groups, screenings and community days."""

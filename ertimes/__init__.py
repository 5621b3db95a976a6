"""Emergency departments, and how long the wait in them is."""

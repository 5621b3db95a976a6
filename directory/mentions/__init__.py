"""Phone numbers in texts: which contact each of them means, and how it follows when that one changes."""

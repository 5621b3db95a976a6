"""What stands in the text of a mailing where each reader's own links go; nothing of these stands in what is sent."""

LEAVE = "https://leave.invalid/"
PREFERENCES = "https://preferences.invalid/"

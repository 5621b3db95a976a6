"""The National Provider Identifier (NPI) of the United States."""

ISSUER = "80840"  # health applications, United States: counts in the check digit (45 CFR 162.406)


def is_npi(text):
    """Return whether `text` is an NPI: ten digits, whose last one is right by the Luhn formula with ISSUER before."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    digits = [int(digit) for digit in reversed(ISSUER + text)]
    doubled = [2 * digit - 9 if digit > 4 else 2 * digit for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0

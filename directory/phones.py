"""How a phone number is written, dialled and spoken.

Whether there is one is asked by comparing: the truth of a PhoneNumber is its validity, which takes long to find out.
"""

_NONE = (None, "")


def displayed(number):
    """Return a PhoneNumber as the hospital writes it: "860.889.8331 ext. 2215"; "" where there is none.

    A number from abroad keeps its international form.
    """
    if number in _NONE:
        return ""
    if number.country_code != 1:
        return number.as_international
    digits = str(number.national_number).zfill(10)
    text = f"{digits[:3]}.{digits[3:6]}.{digits[6:]}"
    return f"{text} ext. {number.extension}" if number.extension else text


def displayed_value(value):
    """Return a ContactNumber.value ("+18608898331x2215", or a short code) as the hospital writes it."""
    number, _x, extension = value.partition("x")
    if number.startswith("+1") and len(number) == 12:
        number = f"{number[2:5]}.{number[5:8]}.{number[8:]}"
    return f"{number} ext. {extension}" if extension else number


def dialled(number):
    """Return what a phone dials for a PhoneNumber: "+18608898331,2215", the extension after a pause. "" for none.

    RFC 3966 has `;ext=`, which the common phones do not dial; the comma (a pause of two seconds) they do.
    """
    if number in _NONE:
        return ""
    return f"{number.as_e164},{number.extension}" if number.extension else number.as_e164


def dial_address(number):
    """Return the tel: address of a PhoneNumber, as of `dialled`; "" for none."""
    return "" if number in _NONE else f"tel:{dialled(number)}"


def spoken(number):
    """Return a PhoneNumber for a screen reader, digit by digit: "8 6 0, 8 8 9, 8 3 3 1, extension 2 2 1 5"."""
    groups = displayed(number).replace(" ext. ", ".extension ").split(".")
    return ", ".join(
        "extension " + " ".join(group.removeprefix("extension ")) if group.startswith("extension") else " ".join(group)
        for group in groups
    )

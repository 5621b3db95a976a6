"""How a phone number is written, dialled and spoken.

Whether there is one is asked by comparing: the truth of a PhoneNumber is its validity, which takes long to find out.
"""

import phonenumbers

_NONE = (None, "")


def displayed(number):
    """Return a PhoneNumber as the hospital writes it: "860.889.8331 ext. 2215"; "" where there is none.

    A number from abroad keeps its international form.
    """
    if number in _NONE:
        return ""
    digits = str(number.national_number).zfill(10)
    main = f"{digits[:3]}.{digits[3:6]}.{digits[6:]}" if number.country_code == 1 else _international(number.as_e164)
    return _with_extension(main, number.extension)


def displayed_value(value):
    """Return a ContactNumber.value ("+18608898331x2215", or a short code) as the hospital writes it."""
    main, _x, extension = value.partition("x")
    if main.startswith("+1") and len(main) == 12:  # nearly all, and many at a time
        main = f"{main[2:5]}.{main[5:8]}.{main[8:]}"
    elif main.startswith("+"):
        main = _international(main)
    return _with_extension(main, extension)


def _with_extension(main, extension):
    return f"{main} ext. {extension}" if extension else main


def _international(e164):
    """Return a number from abroad in groups: "+44 20 7946 0018"; what is no number as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(e164), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return e164


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

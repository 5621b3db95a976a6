"""From a time as HL7 writes it to an instant."""

import re
from datetime import UTC, datetime, timedelta, timezone

# YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]. The hl7 library's own parse_datetime takes what follows it for
# granted: "2027x" is a year, "20270302143" half past two.
DTM = re.compile(r"(\d{4}(?:\d\d){0,5})(?:(?<=\d{14})\.(\d{1,6}))?([+-]\d{4})?", re.ASCII)
FORMAT = "%Y%m%d%H%M%S"
LETTERS_TO_THE_MINUTE = len("YYYYMMDDHHMM")


class NoInstantError(ValueError):
    """The text names no instant; the message says why, without repeating it."""


def read_time(text, zone, *, near, latest):
    """Return the instant that `text`, an HL7 time (DTM or TS), names: an aware datetime in UTC.

    Without an offset it is a time on the clocks of `zone`. One that comes twice, in November, is the instant
    that is not after `latest` and nearest to `near`, aware datetimes both. Raises NoInstantError for a time that
    the clocks skip, in March; for one that does not tell the minute; and for what is no time at all.
    """
    match = DTM.fullmatch(text)
    if match is None:
        raise NoInstantError("is not a time")
    digits, fraction, offset = match.groups()
    if len(digits) < LETTERS_TO_THE_MINUTE:
        raise NoInstantError("does not tell the minute")
    try:
        local = datetime.strptime(digits, FORMAT[: len(digits) - 2])  # noqa: DTZ007  its zone comes below
        local += timedelta(microseconds=int((fraction or "").ljust(6, "0")))
        if offset:
            return local.replace(tzinfo=_zone_of(offset)).astimezone(UTC)
        instants = {local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
        shown = [at for at in instants if at.astimezone(zone).replace(tzinfo=None) == local]
    except (ValueError, OverflowError) as error:
        raise NoInstantError("is not a time") from error
    if not shown:
        raise NoInstantError("does not exist: the clocks skip this hour")
    past = [at for at in shown if at <= latest]
    return min(past, key=lambda at: abs(at - near)) if past else min(shown)


def _zone_of(offset):
    """Return the zone of an offset such as "-0500". Raises ValueError for 99 minutes or 30 hours."""
    hours, minutes = int(offset[1:3]), int(offset[3:])
    if hours > 14 or minutes > 59:
        raise ValueError("no offset")
    east = timedelta(hours=hours, minutes=minutes)
    return timezone(-east if offset[0] == "-" else east)

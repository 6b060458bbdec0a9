"""Calendar days as numbers, without a clock: how many lie between two of them."""

from __future__ import annotations

import re
from calendar import monthrange

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def day_number(date: str) -> int | None:
    """The number of a day in the Gregorian calendar (1 for 0001-01-01); None when the text is no date in ISO 8601."""
    match = _ISO.fullmatch(date)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    if not (year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    return before * 365 + leaps + sum(monthrange(year, earlier)[1] for earlier in range(1, month)) + day


def days_between(first: str, last: str) -> int | None:
    """How many days after the first the last is, negative when it is before; None when one of them is no date."""
    start, end = day_number(first), day_number(last)
    return None if start is None or end is None else end - start


def date_of(number: int) -> str:
    """The day of this number in ISO 8601; "" for one before 0001-01-01 or after 9999-12-31."""
    year = number // 366 + 1
    while (first := day_number(f"{year + 1:04d}-01-01")) is not None and first <= number:
        year += 1
    start = day_number(f"{year:04d}-01-01")
    if number < 1 or start is None or number - start > 365:
        return ""
    rest, month = number - start, 1
    while month < 12 and rest >= monthrange(year, month)[1]:
        rest -= monthrange(year, month)[1]
        month += 1
    return f"{year:04d}-{month:02d}-{rest + 1:02d}" if rest < monthrange(year, month)[1] else ""


def add_days(date: str, days: int) -> str:
    """The date that many days later, ISO 8601; "" when the first is no date or the other is beyond the calendar."""
    number = day_number(date)
    return "" if number is None else date_of(number + days)

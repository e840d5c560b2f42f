"""Exact numbers to text. Rounding happens here and nowhere else; halves go away from zero."""

from decimal import Decimal
from fractions import Fraction

MINUS = "\u2212"
NOTHING = "\u2013"

Real = float | Decimal | Fraction
Number = Real | str


def exact(value: Number) -> Fraction:
    """Text such as "7/3" is how a stored roll-up keeps its fractions."""
    return Fraction(value)


def is_missing(value: object) -> bool:
    """None, or what Django makes of a variable that isn't there."""
    return value is None or value == ""


def fixed(value: Number, digits: int = 2) -> str:
    """ "3.04"; a negative that rounds to zero has no sign."""
    number = exact(value)
    scale = 10**digits
    units = int(abs(number) * scale + Fraction(1, 2))
    sign = MINUS if number < 0 and units else ""
    whole, rest = divmod(units, scale)
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


def signed(value: Number, digits: int = 2) -> str:
    """ "+0.12", "−0.04", and "0.00" without a sign."""
    text = fixed(value, digits)
    return text if text.startswith(MINUS) or not text.strip("0.") else f"+{text}"


def percent(share: Number, digits: int = 0) -> str:
    """ "88%". What is neither none nor all never reads as if it were."""
    number = exact(share) * 100
    text = fixed(number, digits)
    if number < 100 and text == fixed(100, digits):
        return "over 99%"
    if number > 0 and text == fixed(0, digits):
        return "under 1%"
    return f"{text}%"

"""Checks of input: every fault is collected, each names its field, nothing is guessed."""

import re
from fractions import Fraction
from math import isfinite

_LONGEST = 60

# Bounded on purpose: Fraction("1e999999999") would run for hours.
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(/[0-9]{1,30}|\.[0-9]{1,30})?")


class InvalidInput(ValueError):
    """The input of a roll-up is not usable; `faults` holds one line per fault, field first."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def exact(value: object) -> Fraction:
    """The value as a fraction: whole numbers, fractions, text "1/2" or "0.5", finite floats.

    A float stands for the shortest decimal that reads as it, because that is what somebody wrote.
    Raises ValueError for anything else; a bool is no number.
    """
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, float) and isfinite(value):
        return Fraction(repr(value))
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        try:
            return Fraction(value)
        except ZeroDivisionError:
            pass
    raise ValueError('must be a number such as 2, 0.5 or "1/2"')


def show(value: object) -> str:
    """The value as it would be written, cut to a readable length."""
    text = repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def one_line(text: str) -> str:
    """The text with line breaks and other control characters escaped, names included."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


class Faults:
    """Collects faults. A check returns a usable value even after a fault, so that all are found."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._fields: set[str] = set()

    def add(self, field: str, text: str) -> None:
        """Note one fault of a field."""
        self.lines.append(one_line(f"{field}: {text}"))
        self._fields.add(field)

    def none_for(self, *fields: str) -> bool:
        """Whether none of these fields has a fault so far."""
        return self._fields.isdisjoint(fields)

    def raise_if_any(self) -> None:
        """Raise `InvalidInput` with all faults, or do nothing."""
        if self.lines:
            raise InvalidInput(tuple(self.lines))

    def number(self, field: str, value: object) -> Fraction:
        """Any number."""
        try:
            return exact(value)
        except ValueError as error:
            self.add(field, f"{error}, got {show(value)}")
            return Fraction(1)

    def positive(self, field: str, value: object) -> Fraction:
        """A number above 0."""
        number = self.number(field, value)
        if number > 0:
            return number
        self.add(field, f"must be greater than 0, got {number}")
        return Fraction(1)

    def not_negative(self, field: str, value: object) -> Fraction:
        """A number from 0 up."""
        number = self.number(field, value)
        if number < 0:
            self.add(field, f"must not be negative, got {number}")
        return number

    def share(self, field: str, value: object) -> Fraction:
        """A number from 0 to 1."""
        number = self.number(field, value)
        if not 0 <= number <= 1:
            self.add(field, f"must be from 0 to 1, got {number}")
        return number

    def count(self, field: str, value: object) -> int:
        """A whole number from 1 up."""
        number = self.number(field, value)
        if number.denominator != 1 or number < 1:
            self.add(field, f"must be a whole number, 1 or more, got {number}")
        return int(number)

    def name(self, field: str, value: object) -> str:
        """A text that names something."""
        if isinstance(value, str) and value:
            return value
        self.add(field, f"must be a name, got {show(value)}")
        return ""

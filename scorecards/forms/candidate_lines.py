"""Candidates as lines of text: what a spreadsheet saves as CSV, or what is pasted from one."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django import forms

from .candidates import IdentityForm

MOST_LINES, MOST_BYTES = 500, 256 * 1024
SEPARATORS = (",", ";", "\t")
# What a column is called, without case, blanks and hyphens.
COLUMNS = {
    "name": ("name", "candidate", "fullname", "candidatename"),
    "email": ("email", "mail", "emailaddress", "address"),
    "accommodations": ("accommodations", "accommodation", "needs"),
}
ORDER = tuple(COLUMNS)
# How a file of Excel begins, whatever it is called: the newer kind is a zip, the older one is OLE.
EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# What Excel understands as the first line, and some programs write.
SEPARATOR_SAID = re.compile(r"sep=([,;\t])")
AGAIN = "Save it as “CSV UTF-8” and choose it again."
# What the module of CSV says, in words for people.
CSV_FAULTS = {
    "unexpected end of data": "a quotation mark opens here and is never closed",
    "field larger than field limit (131072)": "a cell is longer than any candidate's can be",
}


class NotText(Exception):
    """Why the file can't be read, as a sentence for people."""


@dataclass(frozen=True)
class Line:
    """One person; `faults` are what keeps them from being imported."""

    number: int
    values: dict[str, str]
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Lines:
    """`unused` are the columns of a head that mean nothing here."""

    good: list[Line]
    bad: list[Line]
    unused: list[str]
    fault: str = ""

    @property
    def ready(self) -> bool:
        return bool(self.good) and not self.bad and not self.fault


def decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotText(f"This file is UTF-16. {AGAIN}")
    if raw.startswith(EXCEL):
        raise NotText(f"This is a file of Excel, whatever its name ends in. {AGAIN}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotText(
            f"Line {line} is not UTF-8 text. Save the file as “CSV UTF-8” and choose it again."
        ) from error


def read_lines(text: str, *, known: set[str], own: str) -> Lines:
    """`known` are the addresses, in lower case, that the opening has; `own` is the reader's."""
    try:
        rows = list(_rows(text))
    except NotText as error:
        return Lines([], [], [], fault=str(error))
    found = _head(rows[0][1]) if rows else None
    head, unused = found or (ORDER, list[str]())
    if found:
        rows = rows[1:]
    if not rows:
        return Lines([], [], unused, fault="There is no line with a candidate.")
    if len(rows) > MOST_LINES:
        return Lines(
            [], [], unused, fault=f"{len(rows)} lines. Import at most {MOST_LINES} at a time."
        )
    if not found and _unknown_head(rows):
        columns = ", ".join(f"“{cell}”" for cell in rows[0][1] if cell)
        return Lines(
            [],
            [],
            unused,
            fault=f"Line {rows[0][0]} has no e-mail address. If it names the columns, call two of "
            f"them “Name” and “E-mail”: it says {columns}.",
        )
    lines = list(_checked(rows, head, known=known, own=own))
    return Lines(
        [line for line in lines if not line.faults], [line for line in lines if line.faults], unused
    )


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line that they begin in; blank ones are left out."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    said = SEPARATOR_SAID.fullmatch(first.strip(" \r\n"))
    separator = said[1] if said else max(SEPARATORS, key=lambda one: _fits(first, one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and not (said and row == ["sep=", ""]):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        why = CSV_FAULTS.get(str(error), f"it is not CSV text ({error})")
        raise NotText(f"Line {begins} can't be read: {why}.") from error


def _fits(first: str, separator: str) -> tuple[bool, int]:
    """With the right one there is a cell that is an address, or a head; then the most frequent."""
    cells = [cell.strip(' "') for cell in first.split(separator)]
    address = any("@" in cell and not re.search(r"[\s,;]", cell) for cell in cells)
    return address or _head(cells) is not None, first.count(separator)


def _unknown_head(rows: list[tuple[int, list[str]]]) -> bool:
    """Nobody's address in the first line, and one in every other: it is a head of other words."""
    addresses = [any("@" in cell for cell in cells) for _, cells in rows]
    return len(rows) > 1 and not addresses[0] and all(addresses[1:])


def _head(cells: Sequence[str]) -> tuple[tuple[str, ...], list[str]] | None:
    """The fields of the columns where the first row names them; "" for a column of no use."""
    named = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    plain = [cell.lower().replace("-", "").replace(" ", "").replace("_", "") for cell in cells]
    columns = tuple(named.get(cell, "") for cell in plain)
    if not {"name", "email"} <= set(columns) or len(set(columns) - {""}) < sum(map(bool, columns)):
        return None
    return columns, [cell for cell, name in zip(cells, columns, strict=True) if cell and not name]


def _checked(
    rows: list[tuple[int, list[str]]], head: tuple[str, ...], *, known: set[str], own: str
) -> Iterator[Line]:
    first_at: dict[str, int] = {}
    for number, cells in rows:
        values = {name: cell for name, cell in zip(head, cells, strict=False) if name}
        form = IdentityForm(values)
        faults = _faults(form)
        if any(cells[len(head) :]):
            faults.append(f"{len(cells)} columns, and {len(head)} are read")
        email = values.get("email", "").lower()
        if email and email in first_at:
            faults.append(f"the same e-mail as line {first_at[email]}")
        elif email == own:
            faults.append("you can't plan your own interviews")
        elif email in known:
            faults.append("a candidate of this opening already")
        first_at.setdefault(email, number)
        cleaned = {name: form.cleaned_data.get(name, values.get(name, "")) for name in ORDER}
        yield Line(number, cleaned, faults)


def _faults(form: forms.Form) -> list[str]:
    return [
        f"{form.fields[name].label or name.capitalize()}: {error.rstrip('.').lower()}"
        for name, errors in form.errors.items()
        for error in map(str, errors)
    ]

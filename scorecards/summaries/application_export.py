"""The candidates list as a file: the rows and the order of the page, but of all its pages.

One query for the rows, however many there are, and they are written as they are read.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import IO

from interviewbank.access.models import User
from interviewbank.ui.words import NOT_ASSESSED, RECOMMENDATIONS

from .application_filters import TAB_CONDITIONS, Asked, fitting, ordered
from .application_rows import HIDDEN, Row, area_names, rows, with_columns

CHUNK = 2_000
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  the file format has no zones
NOT_IN_FILE = "Not part of the role"
# With one of these in front a spreadsheet takes text for a formula; in some languages the wide ones
# too. Blanks before them don't help: some programs cut those off.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROL = ("\t", "\r", "\n")
BEFORE_AREAS = ("Candidate", "Opening", "Role", "Level", "Scorecards")
AFTER_AREAS = (
    "Score",
    "Likely range from",
    "Likely range to",
    "Coverage",
    "Spread",
    "Recommendation",
    "Look here",
    "Waiting, hours",
    "Waiting for",
    "Decision",
)

Cell = str | float | int
Line = list[Cell]


def table(viewer: User, asked: Asked) -> Iterator[Line]:
    """The head, then a line for each candidate. Empty text is a cell without a figure."""
    short = area_names()
    found = fitting(viewer, asked).filter(TAB_CONDITIONS[asked.tab])
    found = with_columns(ordered(found, viewer, asked), viewer)
    yield [*BEFORE_AREAS, *short.values(), *AFTER_AREAS]
    for row in rows(found.iterator(chunk_size=CHUNK), short):
        yield _line(row, len(short))


def as_csv(lines: Iterable[Line]) -> Iterator[bytes]:
    """UTF-8 with the mark by which spreadsheets know it; everything quoted."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield b"\xef\xbb\xbf"
    for line in lines:
        yield writer.writerow([_harmless(cell) for cell in line]).encode()


def as_xlsx(lines: Iterable[Line]) -> IO[bytes]:
    """A file, to be read from where it stands. Text stays text: no cell becomes a formula."""
    # Imported where it is used: no other page waits for it.
    from xlsxwriter import Workbook  # noqa: PLC0415

    file = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        # The same rows make the same file: when it was made tells nothing, its name has the day.
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("Candidates")
        sheet.freeze_panes(1, 1)
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                else:
                    sheet.write_number(number, column, cell)
    file.seek(0)
    return file


class _Echo:
    """A file for csv.writer, which returns what it wrote."""

    def write(self, text: str) -> str:
        return text


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    dangerous = cell.startswith(CONTROL) or cell.strip().startswith(FORMULA)
    return f"'{cell}" if dangerous else cell


def _line(row: Row, areas: int) -> Line:
    opening = row.application.opening
    who = [
        str(row.application.candidate),
        opening.title,
        str(opening.role),
        opening.get_level_display(),
        row.cards,
    ]
    waits: Line = [row.waiting.hours, row.waiting.what] if row.waiting else ["", ""]
    decision = RECOMMENDATIONS[row.decision].label if row.decision else ""
    if row.record is None:
        strip = [HIDDEN if row.hidden else ""] * areas
        says = RECOMMENDATIONS[row.outcome].label if row.outcome else ""
        return [*who, *strip, "", "", "", "", "", says, "", *waits, decision]
    return [
        *who,
        *(_area(score) for _, score in row.areas),
        _figure(row.points),
        _figure(row.low),
        _figure(row.high),
        _figure(row.record.coverage_float),
        _figure(row.spread),
        RECOMMENDATIONS[row.outcome].label,
        row.flag.words if row.flag else "",
        *waits,
        decision,
    ]


def _area(score: Fraction | str | None) -> Cell:
    if isinstance(score, Fraction):
        return _figure(score)
    return NOT_ASSESSED if score is None else NOT_IN_FILE


def _figure(number: Fraction | float | None) -> Cell:
    """As the page prints it; halves go up, and no figure here is negative."""
    if isinstance(number, Fraction):
        # What `number * 100 + 1/2` cut down is, without making a fraction for each cell of a file.
        return (200 * number.numerator + number.denominator) // (2 * number.denominator) / 100
    return "" if number is None else int(number * 100 + 0.5) / 100

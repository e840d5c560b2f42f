"""What differs between two versions, field by field and word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from interviewbank.ui.words import RATING_WORDS

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
SMALL = 3
LABELS = {
    "title": "Title",
    "prompt": "Prompt",
    "minutes": "Minutes",
    **{f"anchor_{n}": f"Level {n}, {word.lower()}" for n, word in RATING_WORDS.items()},
    "probes": "Probes",
    "strong_signals": "Strong signals",
    "weak_signals": "Weak signals",
}


@dataclass(frozen=True)
class Chunk:
    """A piece of a line; `mark` is "ins", "del" or nothing."""

    text: str
    mark: str = ""


Line = list[Chunk]


@dataclass(frozen=True)
class Row:
    label: str
    before: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)

    @property
    def same(self) -> bool:
        return not self.before and not self.after


def rows(before: dict[str, Any], after: dict[str, Any]) -> list[Row]:
    """A row for each field of a version, in the order of the page."""
    return [row(label, before[name], after[name]) for name, label in LABELS.items()]


def labels(names: Iterable[str]) -> list[str]:
    return [LABELS[name] for name in LABELS if name in set(names)]


def row(label: str, before: Any, after: Any) -> Row:
    """Of two texts, or of two lists of {id, text}."""
    if before == after:
        return Row(label)
    if isinstance(before, list):
        return _list_row(label, before, after)
    left, right = _words(str(before), str(after))
    return Row(label, [left] if left else [], [right] if right else [])


def _list_row(label: str, before: list[dict[str, str]], after: list[dict[str, str]]) -> Row:
    """Lines are the same line while their id is; lines that stay as they are, are left out."""
    old = {line["id"]: line["text"] for line in before}
    new = {line["id"]: line["text"] for line in after}
    row = Row(label)
    for key, text in old.items():
        if key not in new:
            row.before.append([Chunk(text, "del")])
        elif new[key] != text:
            left, right = _words(text, new[key])
            row.before.append(left)
            row.after.append(right)
    row.after.extend([Chunk(text, "ins")] for key, text in new.items() if key not in old)
    if row.same:  # only the order is another one
        row.before.extend([Chunk(text)] for text in old.values())
        row.after.extend([Chunk(text)] for text in new.values())
    return row


def _words(before: str, after: str) -> tuple[Line, Line]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    left: Line = []
    right: Line = []
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(opcodes):
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        # A space or a small word between two changes would tear one change into two.
        between = 0 < place < len(opcodes) - 1
        same = kind == "equal" and not (between and len(gone.strip()) <= SMALL)
        _add(left, gone, "" if same else "del")
        _add(right, come, "" if same else "ins")
    return left, right


def _add(line: Line, text: str, mark: str) -> None:
    if not text:
        return
    if line and line[-1].mark == mark:
        text = line.pop().text + text
    line.append(Chunk(text, mark))

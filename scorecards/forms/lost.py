"""Versions that met a newer one and were not stored, in words, to be copied from the page."""

import json
from dataclasses import dataclass
from datetime import datetime

from scorecards.models import AnswerOp, Recommendation
from scorecards.summaries.operations import answers, losers
from scorecards.summaries.scoring import Sheet

from .scoring import LABELS, in_words


@dataclass(frozen=True)
class Lost:
    label: str
    words: str
    at: datetime


def lost_versions(sheet: Sheet) -> list[Lost]:
    """Newest first, without those that were chosen after all."""
    now = answers(sheet)
    return [
        _lost(sheet, row, json.loads(row.value))
        for row in losers(sheet.card)
        if json.loads(row.value) != now[row.field]["value"]
    ]


def _lost(sheet: Sheet, row: AnswerOp, value: object) -> Lost:
    kind, _, version = row.field.partition(":")
    asked = next((one for one in sheet.questions if str(one.version.pk) == version), None)
    if asked:
        label = f"Question {asked.number}, {LABELS[kind].lower()}"
        return Lost(label, in_words(asked, kind, value), row.at)
    if kind == "recommendation":
        value = Recommendation(str(value)).label if value else "None"
    return Lost(LABELS[kind], str(value) or "Empty", row.at)

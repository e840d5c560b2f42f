"""Hashes that tell whether a stored result still rests on the same inputs (section 10)."""

import hashlib
import json
from collections.abc import Iterable

from scorecards.rollup.config import Config, Rating
from scorecards.rollup.form import write_case


def config_hash(config: Config) -> str:
    """SHA-256, 64 hex digits, of the config; the order of areas and questions does not matter."""
    form = write_case(config, ())
    return _digest({key: form[key] for key in ("areas", "questions", "settings")})


def ratings_hash(ratings: Iterable[Rating]) -> str:
    """SHA-256, 64 hex digits, of the ratings; neither order nor not-assessed rows matter."""
    rows = [[row.interviewer, row.question, row.value] for row in ratings if row.value is not None]
    return _digest(sorted(rows))


def _digest(form: object) -> str:
    text = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()

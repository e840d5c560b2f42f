"""The page of a packet, from its document alone: no database, no clock, no names of today.

Times are in UTC, because a file has no viewer.
"""

import re
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from interviewbank.ui import charts
from interviewbank.ui.templatetags.ib import utc_time
from interviewbank.ui.words import RECOMMENDATIONS
from scorecards.packet import canonical
from scorecards.packet.rules import owing
from scorecards.rollup import to_points

from .packet_parts import (
    area_rows,
    columns_of,
    evidence_of,
    interview_rows,
    layers_of,
    plan_rows,
    questions_of,
)

KEEP = {
    "6_months": "for 6 months after the opening is closed, then destroy it",
    "12_months": "for 12 months after the opening is closed, then destroy it",
    "24_months": "for 24 months after the opening is closed, then destroy it",
    "by_hand": "for as long as the opening keeps its candidates, then destroy it",
}
THIN = "insufficient_evidence"
CUTS = ("strong_no", "hire_bar", "strong_hire")
SHEET = settings.BASE_DIR / "interviewbank" / "static" / "ib" / "packet.css"
FONT_FACE = re.compile(r"@font-face \{[^}]*\}\n")
Row = dict[str, Any]


def page_of(document: Row) -> Row:
    """What the templates of the packet show."""
    decision, record, result = (
        document["decision"],
        document["record"],
        document["record"]["result"],
    )
    columns = columns_of(record)
    rows = area_rows(record, columns)
    waterfall = _waterfall(record, result)
    return {
        "packet": document,
        "record": record,
        "result": result,
        "names": record["people"],
        "insufficient": result["outcome"] == THIN,
        "points": None if result["score"] is None else to_points(Fraction(result["score"])),
        "gauge": _gauge(record, result),
        "columns": columns,
        "areas": rows,
        "strip_axis": charts.strip_axis(),
        "waterfall": waterfall,
        "what_ifs": _what_ifs(record, result),
        "evidence": evidence_of(record),
        "interviews": interview_rows(record),
        "missing": [record["people"][one["interviewer"]] for one in owing(record)],
        "questions": questions_of(record),
        "area_names": {area["slug"]: area["name"] for area in record["plan"]["areas"]},
        "plan_areas": plan_rows(record),
        "cuts": [to_points(Fraction(record["plan"]["settings"][name])) for name in CUTS],
        "layers": layers_of(record),
        "cards_in": sum(bool(column.calls) for column in columns),
        "decided_at": utc_time(decision["decided_at"]),
        "keep": KEEP[record["opening"]["retention"]],
        "icons": ICONS,
    }


def page_to_keep(document: Row) -> str:
    """One file that needs nothing else: the style sheet and the document are inside it."""
    sheet = FONT_FACE.sub("", SHEET.read_text(encoding="utf-8"))
    context = page_of(document) | {
        "sheet": mark_safe(sheet),  # noqa: S308  our own file
        # Nothing in it can end the element: < is written as an escape.
        "inside": mark_safe(canonical(document)),  # noqa: S308
    }
    return render_to_string("scorecards/packet.html", context)


def _gauge(record: Row, result: Row) -> SafeString | None:
    if result["score"] is None or result["outcome"] == THIN:
        return None
    plan = record["plan"]["settings"]
    low, high = (float(end) for end in result["likely_range"])
    return charts.gauge(
        to_points(Fraction(result["score"])),
        low,
        high,
        marks=[
            (to_points(Fraction(one["score"])), not _flips(one, result))
            for one in result["without"]
            if one["score"] is not None
        ],
        cuts=[to_points(Fraction(plan[name])) for name in CUTS],
    )


def _waterfall(record: Row, result: Row) -> charts.Waterfall | None:
    if result["printed"] is None:
        return None
    names = {area["slug"]: area["short_name"] for area in record["plan"]["areas"]}
    return charts.waterfall(
        [
            (names[area["area"]], Fraction(area["adds"], 100))
            for area in result["areas"]
            if area["adds"] is not None
        ],
        bar=Fraction(result["printed"]["hire_bar"], 100),
    )


def _what_ifs(record: Row, result: Row) -> list[Row]:
    """What would change the answer comes first."""
    names = {area["slug"]: area["name"] for area in record["plan"]["areas"]} | record["people"]
    rows = [
        {
            "words": f"Leave out {names[one['id']]}",
            "points": None if one["score"] is None else to_points(Fraction(one["score"])),
            "label": RECOMMENDATIONS[one["outcome"]].label,
            "flips": _flips(one, result),
            "thin": one["outcome"] == THIN,
        }
        for one in result["without"]
    ]
    return sorted(rows, key=lambda row: (not row["flips"], not row["thin"]))


def _flips(one: Row, result: Row) -> bool:
    """Another answer; too little evidence to say is none."""
    return one["outcome"] not in (result["outcome"], THIN)


def _icons() -> SafeString:
    """The few symbols that the page uses, out of the sprite: a file can't point to another one."""
    sprite = (SHEET.parent / "icons.svg").read_text(encoding="utf-8")
    wanted = sorted({one.icon for one in RECOMMENDATIONS.values()})
    symbols = [re.search(rf'<symbol id="{name}".*?</symbol>', sprite, re.DOTALL) for name in wanted]
    return mark_safe("".join(found.group() for found in symbols if found))  # noqa: S308


ICONS = _icons()

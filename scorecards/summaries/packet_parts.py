"""The tables of a packet's page: who heard what, area by area, out of the record."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.safestring import SafeString

from interviewbank.ui import charts
from interviewbank.ui.words import level_of
from scorecards.models import Answer, Interview
from scorecards.packet.figures import amended_answers, counted, left_out
from scorecards.packet.rules import OWING
from scorecards.rollup import to_points

from .evidence import Line, lines
from .matrix import BAR_WORDS, shown
from .names import short_names

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """An interviewer whose scorecard counts, in the order of their first interview."""

    id: str
    name: str
    short: str
    calls: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """state: rated, na (not assessed), out (left out) or none (not asked)."""

    state: str
    shown: str = ""
    level: int | None = None


@dataclass(frozen=True)
class AreaLine:
    name: str
    share: str
    notes: tuple[str, ...]
    cells: tuple[Cell, ...]
    strip: SafeString
    points: Fraction | None
    range: tuple[str, ...]
    bar: Fraction | None
    bar_words: str


@dataclass(frozen=True)
class Said:
    """One answer in words, beside the anchor of the version that was used."""

    who: str
    title: str
    number: int
    rating: int | None
    reason: str
    anchor: str
    lines: tuple[Line, ...]
    signals: tuple[tuple[bool, str], ...]
    probes: tuple[str, ...]
    left_out: str
    shadow: bool
    later: tuple[str, ...]


def columns_of(record: Row) -> list[Column]:
    found: dict[str, list[Row]] = {}
    for card in record["interviews"]:
        if not card["shadow"] and (card["submitted_at"] or card["state"] in OWING):
            found.setdefault(card["interviewer"], []).append(card)
    names = [record["people"][person] for person in found]
    return [
        Column(
            person,
            name,
            short,
            tuple(card["recommendation"] for card in cards if card["submitted_at"]),
        )
        for (person, cards), name, short in zip(
            found.items(), names, short_names(names), strict=True
        )
    ]


def area_rows(record: Row, columns: list[Column]) -> list[AreaLine]:
    figures = {area["area"]: area for area in record["result"]["areas"]}
    ratings = record["result"]["ratings"]
    return [
        _area_row(record, area, figures[area["slug"]], ratings, columns)
        for area in record["plan"]["areas"]
    ]


def _area_row(
    record: Row, area: Row, figure: Row, ratings: list[Row], columns: list[Column]
) -> AreaLine:
    score = None if figure["score"] is None else to_points(Fraction(figure["score"]))
    bar = None if area["bar"] is None else to_points(Fraction(area["bar"]))
    low, high = (float(end) for end in figure["likely_range"]) if score else (None, None)
    given = [one["value"] for one in ratings if one["area"] == area["slug"]]
    return AreaLine(
        name=area["name"],
        share=figure["share"],
        notes=tuple(_notes(figure)),
        cells=tuple(_cell(record, area["slug"], figure, column) for column in columns),
        strip=charts.strip(given, score, low, high, bar),
        points=score,
        range=tuple(figure["likely_range"] or ()),
        bar=bar,
        bar_words=BAR_WORDS[figure["bar_state"]] if figure["bar_state"] else "not assessed",
    )


def _notes(figure: Row) -> list[str]:
    notes = []
    if figure["flagged"]:
        means = sorted(to_points(Fraction(mean)) for mean in figure["means"].values())
        notes.append(f"apart, {shown(means[0])} to {shown(means[-1])}")
    if figure["raters"] < figure["raters_needed"]:
        notes.append(f"{figure['raters']} of {figure['raters_needed']} raters")
    return notes


def _cell(record: Row, area: str, figure: Row, column: Column) -> Cell:
    if column.id in figure["means"]:
        points = to_points(Fraction(figure["means"][column.id]))
        return Cell("rated", shown(points), level_of(points))
    areas = {one["id"]: one["area"] for one in record["questions"]}
    asked = [
        answer["question"]
        for card in record["interviews"]
        if card["interviewer"] == column.id and not card["shadow"]
        for answer in card["answers"]
        if areas[answer["question"]] == area
    ]
    if not asked:
        return Cell("none")
    counts = {answer["question"] for _, answer in counted(record)}
    return Cell("na" if counts & set(asked) else "out")


def evidence_of(record: Row) -> list[tuple[str, list[Said]]]:
    """By area of the plan; what was asked in other areas comes last, under its own heading."""
    versions = {one["id"]: one for one in record["questions"]}
    names = {area["slug"]: area["name"] for area in record["plan"]["areas"]}
    found: dict[str, list[Said]] = {slug: [] for slug in names}
    for card in record["interviews"]:
        for answer in card["answers"]:
            version = versions[answer["question"]]
            said = _said(record, card, answer, version)
            found.setdefault(version["area"], []).append(said)
    return [(names.get(slug, f"{slug} (not in this plan)"), said) for slug, said in found.items()]


def _said(record: Row, card: Row, answer: Row, version: Row) -> Said:
    strong, weak, probes = (
        {one["id"]: one["text"] for one in version[name]}
        for name in ("strong_signals", "weak_signals", "probes")
    )
    return Said(
        who=record["people"][card["interviewer"]],
        title=version["title"],
        number=version["number"],
        rating=answer["rating"],
        reason=_reason(answer["not_assessed_reason"]),
        anchor=version["anchors"][answer["rating"] - 1] if answer["rating"] else "",
        lines=lines(answer["evidence"]),
        signals=(
            *((True, strong[key]) for key in answer["signals"] if key in strong),
            *((False, weak[key]) for key in answer["signals"] if key in weak),
        ),
        probes=tuple(probes[key] for key in answer["probes"] if key in probes),
        left_out=left_out(record).get(version["slug"], ""),
        shadow=card["shadow"],
        later=tuple(_later(card, answer["question"])),
    )


def _reason(value: str) -> str:
    return Answer.NotAssessed(value).label if value else ""


def _later(card: Row, question: str) -> list[str]:
    """What amendments say of this answer; the first submission counts."""
    found = []
    for submission in card["submissions"]:
        for said in amended_answers(submission):
            if said["question_version"] == question:
                words = [said["evidence"]] if said.get("evidence") else []
                if "rating" in said:
                    words.insert(0, f"rating {said['rating'] or 'not assessed'}")
                found.append(": ".join(words) or "other ticks")
    return found


def interview_rows(record: Row) -> list[Row]:
    """Each interview with its scorecard, or why there is none."""
    return [
        card
        | {
            "name": record["people"][card["interviewer"]],
            "submitted": bool(card["submitted_at"]),
            "state_label": Interview.State(card["state"]).label,
            "owing": not card["submitted_at"] and card["state"] in OWING,
            "amendments": [
                one | {"call": (one["changes"] or {}).get("recommendation", "")}
                for one in card["submissions"]
                if one["number"] > 1
            ],
        }
        for card in record["interviews"]
    ]


def questions_of(record: Row) -> list[Row]:
    out = left_out(record)
    return [
        one | {"left_out": out.get(one["slug"], ""), "scale": list(enumerate(one["anchors"], 1))}
        for one in record["questions"]
    ]


def plan_rows(record: Row) -> list[Row]:
    needed = {area["area"]: area["raters_needed"] for area in record["result"]["areas"]}
    return [
        area
        | {
            "bar_points": None if area["bar"] is None else to_points(Fraction(area["bar"])),
            "raters_needed": needed[area["slug"]],
        }
        for area in record["plan"]["areas"]
    ]


def layers_of(record: Row) -> Row:
    """The margin by interviewer and by rating, as printed: each column adds up to `distance`."""
    result, names = record["result"], record["people"]
    titles = {one["id"]: one["title"] for one in record["questions"]}
    printed = result["printed"] or {"score": 0, "hire_bar": 0}
    return {
        "distance": Fraction(printed["score"] - printed["hire_bar"], 100),
        "by_interviewer": [
            row
            | {
                "name": names[row["interviewer"]],
                "points": to_points(Fraction(row["score"])),
                "adds": Fraction(row["adds"], 100),
            }
            for row in result["interviewers"]
        ],
        "by_rating": [
            row
            | {
                "title": titles[row["question"].partition(":")[2]],
                "adds": Fraction(row["adds"], 100),
            }
            for row in result["ratings"]
        ],
    }

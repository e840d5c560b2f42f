"""A small packet made by hand, without a database."""

import copy
import uuid

from scorecards.packet import canonical, result_of, sealed
from scorecards.packet.canonical import submission_digest
from scorecards.packet.checks import handed_in
from scorecards.rollup import FORMULA_VERSION, SETTINGS, Area, Config

RATIONALE = (
    "Both heard in detail how the outage was handled; what a request costs was thin but known."
)
AT = "2026-11-19T13:40:00+00:00"


def id_of(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


ANA, BEN, CHAIR = (id_of(name) for name in ("ana", "ben", "chair"))
OUTAGE, PRICE = (id_of(name) for name in ("outage", "price"))
SECTIONS = {
    "opening": {
        "id": id_of("opening"),
        "title": "AI engineer",
        "role": "Applied",
        "level": "senior",
        "visibility": "after_own",
        "interviewers_may_decide": False,
        "retention": "12_months",
    },
    "people": {ANA: "Ana Asker", BEN: "Ben Asker", CHAIR: "Chiara Decider"},
    "exclusions": [],
    "debriefs": [],
    "earlier": [],
}


def question(key: str, slug: str, area: str) -> dict:
    return {
        "id": key,
        "slug": slug,
        "area": area,
        "number": 1,
        "title": slug.capitalize(),
        "prompt": f"Tell me about the <{slug}> & more.",
        "anchors": [f"Says {level}." for level in (1, 2, 3, 4)],
        "probes": [],
        "strong_signals": [],
        "weak_signals": [],
    }


def area(slug: str, bar: str | None = None) -> dict:
    return {
        "slug": slug,
        "name": slug.capitalize(),
        "short_name": slug.capitalize(),
        "weight": "1",
        "weight_rationale": "",
        "bar": bar,
        "min_raters": None,
    }


def card(person: str, ratings: dict[str, int | None], **more) -> dict:
    key = f"card of {person}"
    made = {
        "id": id_of(f"interview {key}"),
        "scorecard": id_of(key),
        "interviewer": person,
        "round": "Deep dive",
        "question_set": "Deep dive",
        "set_version": 1,
        "starts_at": AT,
        "minutes": 60,
        "shadow": False,
        "state": "held",
        "state_reason": "",
        "submitted_at": AT,
        "recommendation": "hire",
        "summary": "Ran it.",
        "answers": [
            {
                "question": asked,
                "rating": rating,
                "not_assessed_reason": "" if rating else "not_reached",
                "evidence": '"We kept a switch."' if rating else "",
                "probes": [],
                "signals": [],
            }
            for asked, rating in ratings.items()
        ],
        "submissions": [],
        **more,
    }
    if made["submitted_at"]:
        made["submissions"] = [submission(made)]
    return made


def submission(of: dict, number: int = 1, changes: dict | None = None) -> dict:
    return {
        "id": id_of(f"{of['id']} {number}"),
        "number": number,
        "submitted_at": AT,
        "after_reveal": number > 1,
        "reason": "" if number == 1 else "I misread it.",
        "salt": "5a17",
        "digest": submission_digest("5a17", changes if number > 1 else handed_in(of)),
        "changes": changes,
    }


def record(*cards: dict, **more) -> dict:
    settings = Config(areas={"x": Area(1)}, questions={})
    made = {
        "application": id_of("application"),
        "candidate": "Odalys Brambleworth",
        "decided_by": CHAIR,
        "decider_interviewed": False,
        "formula_version": FORMULA_VERSION,
        "plan": {
            "number": 1,
            "reason": "",
            "frozen_at": AT,
            "settings": {name: str(getattr(settings, name)) for name in SETTINGS},
            "areas": [area("production"), area("cost")],
        },
        "questions": [
            question(OUTAGE, "outage", "production"),
            question(PRICE, "price", "cost"),
        ],
        "interviews": list(cards)
        or [card(ANA, {OUTAGE: 4, PRICE: 3}), card(BEN, {OUTAGE: 3, PRICE: None})],
        **copy.deepcopy(SECTIONS),
        **more,
    }
    return {**made, "result": result_of(made)}


def decision(**more) -> dict:
    return {
        "id": id_of("decision"),
        "number": 1,
        "outcome": "hire",
        "departs": False,
        "decided_at": AT,
        "rationale": RATIONALE,
        "dissent": "",
        "override_reason": "",
        "exception_reason": "",
        "again_reason": "",
        **more,
    }


def packet(decided: dict | None = None, *cards: dict, **more) -> dict:
    return sealed(decision(**(decided or {})), record(*cards, **more))


def text(document: dict) -> str:
    return canonical(document)


def resealed(document: dict) -> dict:
    """What a forger does who knows the format."""
    return sealed(document["decision"], document["record"])

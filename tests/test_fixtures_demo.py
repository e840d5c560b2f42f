"""The demo company, read from its file alone: complete cards, and the outcomes that its notes name.

The roll-up is the real one, on the shipped profiles; no database.
"""

from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from scorecards.rollup import Area, Config, Question, Rating, Rollup, rollup

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
RECOMMENDATIONS = {"strong_no_hire", "no_hire", "hire", "strong_hire", "cannot_say"}
REASONS = {"not_reached", "no_evidence", "not_applicable"}
OUTCOMES = {
    "amara": ("insufficient_evidence", "insufficient_evidence"),
    "jonas": ("insufficient_evidence", "insufficient_evidence"),
    "leila": ("hire", "ready"),
    "viktor": ("leaning_hire", "discuss_first"),
    "grace": ("hire", "discuss_first"),
    "bruno": ("insufficient_evidence", "insufficient_evidence"),
    "hannah": ("no_hire", "ready"),
    "tariq": ("no_hire", "ready"),
}


def load(path: Path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


DEMO = load(FIXTURES / "demo.yaml")
PEOPLE = {person["key"]: person for person in DEMO["people"]}
OPENINGS = {opening["key"]: opening for opening in DEMO["openings"]}
CANDIDATES = {candidate["key"]: candidate for candidate in DEMO["candidates"]}
QUESTIONS = {q["id"]: q for q in map(load, FIXTURES.glob("bank/questions/*/*.yaml"))}
SETS = {s["id"]: s for s in map(load, FIXTURES.glob("bank/sets/*.yaml"))}
PROFILES = [row["fields"] for row in load(FIXTURES / "profiles.yaml")]

each_candidate = pytest.mark.parametrize("key", CANDIDATES)


def round_items(candidate: dict, interview: dict) -> dict[str, bool]:
    rounds = {r["key"]: r for r in OPENINGS[candidate["opening"]]["rounds"]}
    items = SETS[rounds[interview["round"]]["set"]]["questions"]
    return {item["question"]: item["required"] for item in items}


def committee(opening: dict) -> set[str]:
    return {*opening["committee"], *opening["chair"]}


def result(candidate: dict) -> Rollup:
    opening = OPENINGS[candidate["opening"]]
    left_out = {one["question"] for one in opening["exclusions"]}
    areas = {
        row["area"][0]: Area(
            Fraction(row["weight"]),
            (Fraction(row["bar"]) - 1) / 3 if row["bar"] else None,
            row["min_raters"],
        )
        for row in PROFILES
        if row["role"] == [opening["role"]] and row["level"] == opening["level"]
        if row["requirement"] != "not_applicable"
    }
    cards = [interview for interview in candidate["interviews"] if interview["submitted"]]
    ratings = [
        Rating(card["interviewer"], question, answer.get("rating"))
        for card in cards
        for question, answer in card["answers"].items()
        if question not in left_out
    ]
    asked = {rating.question: Question(QUESTIONS[rating.question]["area"]) for rating in ratings}
    return rollup(Config(areas=areas, questions=asked), ratings)


def test_demo_people():
    assert len({person["email"] for person in PEOPLE.values()}) == len(PEOPLE) == 13
    assert {grant for person in PEOPLE.values() for grant in person["grants"]} == {
        "administrator",
        "recruiter",
        "question_editor",
        "insights_reader",
    }
    for person in PEOPLE.values():
        assert person["email"].endswith("@example.com")
        assert ZoneInfo(person["time_zone"])


def test_demo_openings_keep_committee_and_interviewers_apart():
    for opening in OPENINGS.values():
        assert opening["chair"]
        assert opening["committee"]
        assert opening["coordinator"]
        here = [c for c in CANDIDATES.values() if c["opening"] == opening["key"]]
        interviewers = {i["interviewer"] for c in here for i in c["interviews"]}
        assert not interviewers & committee(opening)
        assert not interviewers & set(opening["coordinator"])
        for row in opening["rounds"]:
            question_set = SETS[row["set"]]
            assert (question_set["role"], question_set["level"]) == (
                opening["role"],
                opening["level"],
            )
            assert row["minutes"] == question_set["minutes"]


@each_candidate
def test_demo_candidate_outcome(key: str):
    record = result(CANDIDATES[key])
    assert (str(record.outcome), str(record.status)) == OUTCOMES[key]


def test_demo_special_states():
    split = result(CANDIDATES["viktor"])
    assert "split" in {str(reason.kind) for reason in split.discuss}
    missed = result(CANDIDATES["tariq"])
    assert str(missed.outcome_before_bars) == "hire"
    assert str(missed.bars["evaluation-rigor"]) == "not_met"
    assert {str(state) for state in result(CANDIDATES["leila"]).bars.values()} == {"met"}
    assert not any(i["submitted"] or i["answers"] for i in CANDIDATES["amara"]["interviews"])
    assert all(i["submitted"] for i in CANDIDATES["bruno"]["interviews"])
    states = [(i["submitted"], bool(i["answers"])) for i in CANDIDATES["jonas"]["interviews"]]
    assert states == [(True, True), (True, True), (False, True), (False, False)]


@each_candidate
def test_demo_candidate_one_interviewer_a_round(key: str):
    candidate = CANDIDATES[key]
    rounds = [row["key"] for row in OPENINGS[candidate["opening"]]["rounds"]]
    assert [interview["round"] for interview in candidate["interviews"]] in (
        rounds,
        ["screen", "evaluation", "design", "agents"],
    )
    interviewers = [interview["interviewer"] for interview in candidate["interviews"]]
    assert len(set(interviewers)) == len(interviewers)
    assert set(interviewers) <= set(PEOPLE)
    for interview in candidate["interviews"]:
        ended = interview["submitted"] or interview["answers"] or "not_held" in interview
        assert ended or interview["day"] >= 0
        assert not interview["answers"] or interview["day"] < 0


@each_candidate
def test_demo_candidate_cards_are_complete(key: str):
    for card in CANDIDATES[key]["interviews"]:
        items = round_items(CANDIDATES[key], card)
        assert set(card["answers"]) <= set(items)
        if card["submitted"]:
            assert {q for q, required in items.items() if required} <= set(card["answers"])
            assert card["recommendation"] in RECOMMENDATIONS
            assert card["summary"]
        else:
            assert card["recommendation"] == card["summary"] == ""


@each_candidate
def test_demo_candidate_evidence(key: str):
    for card in CANDIDATES[key]["interviews"]:
        for slug, answer in card["answers"].items():
            question = QUESTIONS[slug]
            if "not_assessed" in answer:
                assert answer["not_assessed"] in REASONS
                assert "rating" not in answer
                continue
            assert answer["rating"] in (1, 2, 3, 4)
            assert 15 <= len(answer["evidence"].split()) <= 60, slug
            assert set(answer["probes"]) <= {item["id"] for item in question["probes"]}
            signals = [*question["strong_signals"], *question["weak_signals"]]
            assert set(answer["signals"]) <= {item["id"] for item in signals}


def test_demo_has_quotes():
    evidence = [
        line
        for candidate in CANDIDATES.values()
        for card in candidate["interviews"]
        for answer in card["answers"].values()
        for line in answer["evidence"].splitlines()
    ]
    assert len([line for line in evidence if line.startswith('"')]) >= 10


def steps(key: str, kind: str) -> list[dict]:
    return [step[kind] for step in CANDIDATES[key]["committee"] if kind in step]


@each_candidate
def test_demo_committee_steps_fit_their_people(key: str):
    opening = OPENINGS[CANDIDATES[key]["opening"]]
    for debrief in steps(key, "debrief"):
        assert debrief["by"] in opening["chair"]
        said = [one["by"] for one in [*debrief["notes"], *debrief["votes"]]]
        assert set(said) <= committee(opening)
        assert {vote["recommendation"] for vote in debrief["votes"]} <= RECOMMENDATIONS
    for decision in steps(key, "decision"):
        assert decision["by"] in opening["chair"]
        assert decision["outcome"] in {"hire", "no_hire", "more_evidence"}
        assert len(decision["rationale"]) >= 80


def test_demo_shows_each_state_of_debrief_and_decision():
    assert [list(step) for step in CANDIDATES["grace"]["committee"]] == [
        ["debrief"],
        ["decision"],
        ["amendment"],
        ["decision"],
    ]
    first, second = steps("grace", "decision")
    assert (first["outcome"], second["outcome"]) == ("more_evidence", "hire")
    assert second["dissent"]
    assert second["again_reason"]
    assert {vote["by"] for vote in steps("grace", "debrief")[0]["votes"]} == committee(
        OPENINGS["applied"]
    )
    (open_one,) = steps("viktor", "debrief")
    assert (open_one["closed"], len(open_one["votes"])) == (False, 1)
    assert [key for key in CANDIDATES if steps(key, "decision")] == ["grace"]
    assert DEMO["debrief_hours"] == [{"by": "helena", "line": ["viktor", "leila", "jonas"]}]

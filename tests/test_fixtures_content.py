"""What the shipped bank promises, read from its files alone: no database."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SUBTYPES = {"applied-ai-engineer", "ai-ml-systems-engineer", "ai-infrastructure-engineer"}
LEVELS = {"junior", "senior"}
# An anchor describes what one would hear. These words say how somebody liked it.
GRADES = re.compile(
    r"\b(good|well|strong(ly)?|weak(ly)?|poor(ly)?|bad(ly)?|excellent|great|outstanding|solid|"
    r"impressive|thorough(ly)?|adequate(ly)?|superficial|vague(ly)?|deep|mediocre)\b",
    re.IGNORECASE,
)
SECOND_QUESTION = re.compile(r"[,;]? (and|or) (what|why|how|who|when|where|which)\b", re.IGNORECASE)
ASKS = re.compile(r"^(Tell me|Describe|Walk me)\b")
TOOLS = re.compile(
    r"\b(openai|anthropic|gemini|gpt|claude|langchain|vllm|triton|tensorrt|kubernetes)\b",
    re.IGNORECASE,
)


def load(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def fixture_rows(name: str) -> list[dict]:
    return [row["fields"] for row in load(FIXTURES / f"{name}.yaml")]


QUESTIONS = {path: load(path) for path in sorted(FIXTURES.glob("bank/questions/*/*.yaml"))}
SETS = {path: load(path) for path in sorted(FIXTURES.glob("bank/sets/*.yaml"))}
BY_ID = {question["id"]: question for question in QUESTIONS.values()}
ROLES = {row["slug"]: row for row in fixture_rows("roles")}
AREAS = {row["slug"]: row for row in fixture_rows("areas")}
PROFILES = {(row["role"][0], row["level"], row["area"][0]): row for row in fixture_rows("profiles")}

each_question = pytest.mark.parametrize("path", QUESTIONS, ids=[path.stem for path in QUESTIONS])
each_set = pytest.mark.parametrize("path", SETS, ids=[path.stem for path in SETS])


def words(text: str) -> int:
    return len(text.split())


# roles, areas, profiles


def test_roles_titles_and_subtypes():
    assert len([row for row in ROLES.values() if row["parent"] is None]) == 5
    assert {slug for slug, row in ROLES.items() if row["parent"] == ["ai-engineer"]} == SUBTYPES
    assert len({row["failure_mode"] for row in ROLES.values()}) == len(ROLES)
    assert {row["trains_models"] for row in ROLES.values()} == {"yes", "sometimes", "rarely", "no"}


def test_areas_fit_a_column_head():
    assert [row["position"] for row in AREAS.values()] == [1, 2, 3, 4, 5]
    assert all(len(row["short_name"]) <= 12 for row in AREAS.values())
    assert [slug for slug, row in AREAS.items() if row["agent_roles_only"]] == ["agent-systems"]


def test_profiles_cover_every_role_level_and_area():
    assert len(fixture_rows("profiles")) == len(PROFILES)
    assert set(PROFILES) == {(r, level, a) for r in ROLES for level in LEVELS for a in AREAS}


def test_profiles_agent_area_follows_the_role():
    for (role, _, area), row in PROFILES.items():
        if AREAS[area]["agent_roles_only"]:
            applies = row["requirement"] != "not_applicable"
            assert applies is ROLES[role]["has_agents"], (role, area)


def test_profiles_weights_and_bars():
    for key, row in PROFILES.items():
        assert (row["weight"] == "1") is (row["weight_rationale"] == ""), key
        assert row["bar"] is None or row["requirement"] == "required", key
    for role in ROLES:
        bars = [PROFILES[role, "senior", area]["bar"] for area in AREAS]
        assert 2 <= len([bar for bar in bars if bar]) <= 3, role


# questions


def test_questions_spread():
    by_area = Counter(question["area"] for question in BY_ID.values())
    assert set(by_area) == set(AREAS)
    assert min(by_area.values()) >= 10, by_area
    for area in AREAS:
        here = [question for question in BY_ID.values() if question["area"] == area]
        assert {question["kind"] for question in here} == {"behavioural", "situational"}, area
        assert {level for question in here for level in question["levels"]} == LEVELS, area
        asked = {role for question in here for role in question["roles"]}
        expected = {r for r in SUBTYPES if ROLES[r]["has_agents"] or area != "agent-systems"}
        assert asked == expected, area


def test_questions_have_ids_and_titles_of_their_own():
    assert len(BY_ID) == len(QUESTIONS)
    for field in ("title", "prompt"):
        assert len({question[field] for question in BY_ID.values()}) == len(BY_ID), field
    anchors = [text for question in BY_ID.values() for text in question["anchors"].values()]
    assert len(set(anchors)) == len(anchors)


@each_question
def test_question_names_and_lists(path: Path):
    question = QUESTIONS[path]
    assert question["id"] == path.stem
    assert len(path.stem) <= 60
    assert SLUG.fullmatch(path.stem)
    assert question["area"] == path.parent.name
    assert question["kind"] in {"behavioural", "situational"}
    assert question["levels"]
    assert set(question["levels"]) <= LEVELS
    assert question["roles"]
    assert set(question["roles"]) <= SUBTYPES
    assert question["tags"]
    assert 3 <= question["minutes"] <= 15
    assert len(question["title"]) <= 40


@each_question
def test_question_prompt_is_one_question_under_30_seconds(path: Path):
    prompt = QUESTIONS[path]["prompt"]
    assert words(prompt) <= 60
    last = re.split(r"(?<=[.?]) ", prompt)[-1]
    assert prompt.count("?") == 1 or (prompt.count("?") == 0 and ASKS.match(prompt)), prompt
    assert not SECOND_QUESTION.search(last), last


@each_question
def test_question_anchors_describe_what_is_heard(path: Path):
    anchors = QUESTIONS[path]["anchors"]
    assert list(anchors) == [1, 2, 3, 4]
    for level, text in anchors.items():
        assert 12 <= words(text) <= 45, (level, words(text))
        assert not GRADES.search(text), (level, GRADES.search(text))


@each_question
def test_question_probes_and_signals(path: Path):
    question = QUESTIONS[path]
    assert 3 <= len(question["probes"]) <= 5
    assert len(question["strong_signals"]) >= 3
    assert len(question["weak_signals"]) >= 3
    items = [*question["probes"], *question["strong_signals"], *question["weak_signals"]]
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    assert all(SLUG.fullmatch(item_id) for item_id in ids)
    assert all(words(item["text"]) <= 9 for item in items if item not in question["probes"])
    assert all(words(item["text"]) <= 18 for item in question["probes"])


@each_question
def test_question_is_tied_to_no_tool(path: Path):
    assert not TOOLS.search(path.read_text(encoding="utf-8"))


# question sets


@each_set
def test_set_fits_its_round(path: Path):
    question_set = SETS[path]
    assert question_set["id"] == path.stem
    assert question_set["level"] in LEVELS
    asked = [BY_ID[item["question"]] for item in question_set["questions"]]
    assert len({question["id"] for question in asked}) == len(asked)
    assert sum(question["minutes"] for question in asked) <= question_set["minutes"] - 5
    assert any(item["required"] for item in question_set["questions"])
    for question in asked:
        assert question_set["role"] in question["roles"], question["id"]
        assert question_set["level"] in question["levels"], question["id"]


def test_sets_each_area_is_asked_by_two_rounds():
    loops = {(row["role"], row["level"]) for row in SETS.values()}
    assert loops == {(role, level) for role in SUBTYPES for level in LEVELS}
    for role, level in loops:
        rounds = [row for row in SETS.values() if (row["role"], row["level"]) == (role, level)]
        required = [
            {BY_ID[item["question"]]["area"] for item in row["questions"] if item["required"]}
            for row in rounds
        ]
        for area in AREAS:
            if PROFILES[role, level, area]["requirement"] == "required":
                assert sum(area in areas for areas in required) >= 2, (role, level, area)
        asked = [item["question"] for row in rounds for item in row["questions"]]
        assert len(set(asked)) == len(asked), "a candidate hears a question once"

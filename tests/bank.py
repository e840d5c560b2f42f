"""Small banks of text files, for the tests of the import."""

from pathlib import Path
from textwrap import dedent

QUESTION = dedent(
    """\
    id: {slug}
    title: {title}
    area: {area}
    kind: behavioural
    levels: [junior, senior]
    roles: [applied]
    tags: [numbers]
    minutes: 8
    prompt: >-
      Tell me about {slug}.
    probes:
      - id: how
        text: How did you know?
    anchors:
      1: Says what one hears at 1.
      2: Says what one hears at 2.
      3: Says what one hears at 3.
      4: Says what one hears at 4.
    strong_signals:
      - id: named
        text: Names a number
    weak_signals:
      - id: vague
        text: Stays vague
    """
)
SET = dedent(
    """\
    id: {slug}
    name: A first talk
    role: applied
    level: senior
    round: Screen
    purpose: What somebody ran.
    minutes: 45
    questions:
      - question: shipped
        required: true
      - question: outage
        required: false
    """
)


def question(directory: Path, slug: str, *, area: str = "production", **changes: str) -> Path:
    """Writes one; `changes` are texts to replace, old=new."""
    text = QUESTION.format(slug=slug, title=slug.capitalize(), area=area)
    return write(directory / "questions" / area / f"{slug}.yaml", text, changes)


def question_set(directory: Path, slug: str = "screen", **changes: str) -> Path:
    return write(directory / "sets" / f"{slug}.yaml", SET.format(slug=slug), changes)


def write(path: Path, text: str, changes: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def whole(directory: Path) -> Path:
    """Two questions and a set that asks both."""
    question(directory, "shipped")
    question(directory, "outage")
    question_set(directory)
    return directory

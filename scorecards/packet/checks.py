"""What does not follow, in a packet that can be read. The first of it is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scorecards.packet.canonical import canonical, digest_of, submission_digest
from scorecards.packet.figures import result_of
from scorecards.packet.reading import NotAPacket, read
from scorecards.packet.rules import broken
from scorecards.rollup import FORMULA_VERSION, SETTINGS, InvalidInput

LONGEST = 90
ANCHORS = 4


@dataclass(frozen=True)
class Difference:
    """`path` names the place in the document; the rest is words."""

    path: str
    expected: object
    found: object
    why: str

    def __str__(self) -> str:
        return (
            f"{self.path}: expected {_short(self.expected)}, found {_short(self.found)}. {self.why}"
        )


def first_difference(text: str) -> Difference | None:
    """None when all of it follows. Raises `NotAPacket` for what can't be checked at all."""
    return next(differences(read(text), text), None)


def differences(document: Mapping[str, Any], text: str) -> Iterator[Difference]:
    """From what says most about the place to what says least."""
    decision, record = document["decision"], document["record"]
    _computable(record)
    for path, expected, found in _submissions(record):
        yield Difference(path, expected, found, "It does not follow from the words and ratings.")
    for path, expected, found in _unlike(_recomputed(record), record["result"], "record.result"):
        yield Difference(path, expected, found, "It does not follow from the ratings and the plan.")
    for path, expected, found in broken(decision, record):
        yield Difference(path, expected, found, "No decision may be recorded like this.")
    seal = digest_of(document)
    if document["digest"] != seal:
        why = "Something was changed that no figure depends on, or the digest was."
        yield Difference("digest", seal, document["digest"], why)
    if (written := canonical(document)) != text:
        yield _first_line(written, text)


def _computable(record: Mapping[str, Any]) -> None:
    """Figures of another formula can't be computed here; nor where a name leads nowhere."""
    version = record["formula_version"]
    if version != FORMULA_VERSION:
        raise NotAPacket(
            f"It was made with formula {version}; this program computes formula {FORMULA_VERSION}."
        )
    questions = {one["id"] for one in record["questions"]}
    asked = {one["question"] for card in record["interviews"] for one in card["answers"]}
    people = {one["interviewer"] for one in record["interviews"]} | {record["decided_by"]}
    if unknown := sorted((asked - questions) | (people - record["people"].keys())):
        raise NotAPacket(f"It names {unknown[0]} and does not say who or what that is.")
    if any(len(one["anchors"]) != ANCHORS for one in record["questions"]):
        raise NotAPacket("One of its questions does not have four anchors.")
    if set(record["plan"]["settings"]) != set(SETTINGS):
        raise NotAPacket("Its plan does not have the settings of the formula.")


def _recomputed(record: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return result_of(record)
    except (InvalidInput, ValueError, ZeroDivisionError) as error:
        raise NotAPacket(f"Its plan or its ratings can't be computed with: {error}") from error


def _submissions(record: Mapping[str, Any]) -> Iterator[tuple[str, object, object]]:
    for place, interview in enumerate(record["interviews"]):
        for number, one in enumerate(interview["submissions"]):
            content = one["changes"] if one["number"] > 1 else handed_in(interview)
            digest = submission_digest(one["salt"], content)
            if digest != one["digest"]:
                name = record["people"][interview["interviewer"]]
                path = f"record.interviews[{place}].submissions[{number}].digest"
                yield f"{path} (of {name})", digest, one["digest"]


def handed_in(interview: Mapping[str, Any]) -> dict[str, Any]:
    """The content of the first submission, as it was when it was handed in."""
    return {
        "scorecard": interview["scorecard"],
        "interview": interview["id"],
        "recommendation": interview["recommendation"],
        "summary": interview["summary"],
        "questions": [
            {
                "question_version": answer["question"],
                **{name: value for name, value in answer.items() if name != "question"},
            }
            for answer in interview["answers"]
        ],
    }


def _unlike(expected: object, found: object, path: str) -> Iterator[tuple[str, object, object]]:
    """Leaf by leaf; what is there on one side only is `nothing` on the other."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            yield from _unlike(
                expected.get(key, "nothing"), found.get(key, "nothing"), f"{path}.{key}"
            )
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield path, f"{len(expected)} entries", f"{len(found)} entries"
        for place, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from _unlike(one, other, f"{path}[{place}]")
    elif expected != found or type(expected) is not type(found):
        yield path, expected, found


def _first_line(written: str, text: str) -> Difference:
    """The same content, written in another way: spaces, escapes, order."""
    expected, found = written.split("\n"), text.split("\n")
    place = next(
        (i for i, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other),
        min(len(expected), len(found)),
    )
    return Difference(
        f"line {place + 1}",
        expected[place] if place < len(expected) else "the end",
        found[place] if place < len(found) else "the end",
        "It means the same and is written in another way than a packet is.",
    )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"

"""Advice on the words of a question. It never blocks: an editor may know better."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

WORDS_A_MINUTE = 150
MOST_WORDS = 60
SHORTEST = 5
ENOUGH_LINES = 3
ALIKE = 0.8

ANCHORS = ("anchor_1", "anchor_2", "anchor_3", "anchor_4")
LISTS = {
    "probes": ("probe", "Interviewers who get a short answer need something to ask next."),
    "strong_signals": ("strong signal", "They help two interviewers to hear the same."),
    "weak_signals": ("weak signal", "They help two interviewers to hear the same."),
}
GRADES = re.compile(
    r"\b(?:(?:really|very|truly|quite|extremely|fairly|somewhat|rather)\s+)?"
    r"(?:good|strong|weak|excellent|great|poor|bad|outstanding|solid|impressive|mediocre|adequate"
    r"|decent|superficial|competent|amazing|fantastic|brilliant|perfect|satisfactory|clear)\b"
    # What follows makes it a thing that can be heard: "good enough for the release".
    r"(?!\s+(?:enough|consistency|typing|password))",
    re.IGNORECASE,
)
SECOND = re.compile(r"\band\s+(?:how|what|why|who|when|where|which)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^.?!]*[.?!]?")
WORD = re.compile(r"\w+(?:['’]\w+)?")
Advice = dict[str, list[str]]


def advise(words: Mapping[str, Any]) -> Advice:
    """What could be better, by the name of the field; only fields with advice."""
    found: Advice = {}
    prompt = str(words.get("prompt") or "")
    anchors = [str(words.get(name) or "").strip() for name in ANCHORS]
    for field, text in [*_of_prompt(prompt), *_of_anchors(anchors)]:
        found.setdefault(field, []).append(text)
    for field, (called, why) in LISTS.items():
        count = sum(1 for line in words.get(field) or [] if line["text"].strip())
        if count < ENOUGH_LINES:
            stand = _counted(count, called)
            found.setdefault(field, []).append(f"{stand}. Write at least {ENOUGH_LINES}. {why}")
    return found


def reading_time(prompt: str) -> str:
    """ "35 words, about 14 seconds to read aloud"."""
    count = len(prompt.split())
    seconds = seconds_aloud(prompt)
    return f"{_plural(count, 'word')}, about {_plural(seconds, 'second')} to read aloud"


def seconds_aloud(prompt: str) -> int:
    return round(60 * len(prompt.split()) / WORDS_A_MINUTE)


def _of_prompt(prompt: str) -> Iterator[tuple[str, str]]:
    count = len(prompt.split())
    if count > MOST_WORDS:
        yield (
            "prompt",
            f"{count} words take {seconds_aloud(prompt)} seconds to read aloud. Cut it to "
            f"{MOST_WORDS}, or move a part into the probes.",
        )
    asks = [one for one in SENTENCE.findall(prompt) if one.endswith("?")]
    if len(asks) > 1:
        yield "prompt", f"It asks {len(asks)} questions. Keep one, and make probes of the others."
        return
    second = SECOND.search(asks[0]) if asks else None
    if second:
        yield (
            "prompt",
            f"“{' '.join(second[0].split())}” begins a second question. "
            "Keep one, and make a probe of the other.",
        )


def _of_anchors(anchors: Sequence[str]) -> Iterator[tuple[str, str]]:
    for field, text in zip(ANCHORS, anchors, strict=True):
        if grade := GRADES.search(text):
            said = " ".join(grade[0].split())
            yield (
                field,
                f"“{said[0].upper()}{said[1:]}” is a grade, not a behaviour. "
                "Say what they would do or tell you.",
            )
        count = len(WORD.findall(text))
        if 0 < count < SHORTEST:
            yield (
                field,
                f"{_plural(count, 'word')} can be heard in many ways. Say what the person tells "
                "you, so that two interviewers would agree.",
            )
    for (low, one), (high, other) in combinations(enumerate(anchors, 1), 2):
        if one and other and overlap(one, other):
            yield (
                ANCHORS[high - 1],
                f"It says nearly the same as level {low}. Say what one hears at level {high} only.",
            )


def overlap(one: str, other: str) -> bool:
    """Nearly the same words, or one within the other. Whoever builds on a level by its number
    ("All of 3, and …") says something new."""
    first, second = _plain(one), _plain(other)
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    if len(short) >= SHORTEST and f" {' '.join(short)} " in f" {' '.join(long)} ":
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _plain(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _counted(count: int, called: str) -> str:
    return f"{_plural(count, called)} so far" if count else f"No {called} yet"


def _plural(count: int, called: str) -> str:
    return f"{count} {called}{'' if count == 1 else 's'}"

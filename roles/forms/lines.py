"""Fields of several short lines, each with an id that stays when its text is edited."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.text import slugify

from roles import limits

Line = dict[str, str]
# What a button of a line sends: "probes:add", or "probes:2:up" of the third line.
PRESS = re.compile(r"(?P<field>[a-z_]+):(?:(?P<place>\d{1,3}):)?(?P<act>add|up|down|remove)")


@dataclass(frozen=True)
class Press:
    field: str
    act: str
    place: int = -1

    @classmethod
    def read(cls, sent: str, fields: Collection[str]) -> "Press | None":
        found = PRESS.fullmatch(sent)
        if found is None or found["field"] not in fields:
            return None
        return cls(found["field"], found["act"], int(found["place"] or -1))


def pressed(lines: list[Line], press: Press) -> tuple[list[Line], int, str]:
    """The lines without empty ones after that button; the line to go on with, and its button, which
    is "text" for the words."""
    kept = [(place, line) for place, line in enumerate(lines) if line["text"].strip()]
    found = [line for _, line in kept]
    at = next((index for index, (place, _) in enumerate(kept) if place == press.place), -1)
    if press.act == "add" or at < 0:
        return found, len(found), "text"
    line = found.pop(at)
    if press.act == "remove":
        return found, min(at, len(found)), "text"
    at = max(at - 1, 0) if press.act == "up" else min(at + 1, len(found))
    found.insert(at, line)
    return found, at, _button(press.act, at, len(found))


def _button(act: str, at: int, count: int) -> str:
    """A line that arrived at an end can't be moved on."""
    if act == "up":
        return "down" if at == 0 else "up"
    return "up" if at == count - 1 else "down"


class LinesWidget(forms.Widget):
    """Reads <name>_id and <name>_text, which come once for each line; a template of ours draws
    them, empty ones too."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Line]:
        ids, texts = _all(data, f"{name}_id"), _all(data, f"{name}_text")
        ids += [""] * (len(texts) - len(ids))
        return [{"id": key, "text": text} for key, text in zip(ids, texts, strict=False)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_text" not in data


def _all(data: Mapping | Any, name: str) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])


class LinesField(forms.Field):
    """Cleans to a list of {id, text} without the empty lines."""

    widget = LinesWidget

    def clean(self, value: list[Line]) -> list[Line]:
        lines = [{"id": line["id"], "text": line["text"].strip()} for line in value or []]
        lines = [line for line in lines if line["text"]]
        if len(lines) > limits.LINES:
            raise forms.ValidationError(
                f"There are {len(lines)} lines; at most {limits.LINES} fit."
            )
        for line in lines:
            ProhibitNullCharactersValidator()(line["text"])
            if len(line["text"]) > limits.LINE:
                start = line["text"][:30]
                raise forms.ValidationError(
                    f"“{start}…” has {len(line['text'])} characters; at most {limits.LINE} fit."
                )
        return lines


def with_ids(groups: Mapping[str, list[Line]], known: Collection[str]) -> dict[str, list[Line]]:
    """Keeps the ids that the question has already, each once; a new line gets one made from its
    text. Interviewers' ticks are stored by these ids."""
    kept = [line["id"] for lines in groups.values() for line in lines if line["id"] in known]
    used = set(kept)
    given: set[str] = set()
    found: dict[str, list[Line]] = {}
    for name, lines in groups.items():
        found[name] = []
        for line in lines:
            key = line["id"]
            if key not in used or key in given:
                key = new_id(line["text"], used)
                used.add(key)
            given.add(key)
            found[name].append({"id": key, "text": line["text"]})
    return found


def new_id(text: str, used: Collection[str]) -> str:
    base = slug_of(text)[:40].strip("-") or "line"
    key, number = base, 2
    while key in used:
        key, number = f"{base}-{number}", number + 1
    return key


def slug_of(text: str) -> str:
    """Small letters, digits and hyphens; empty where the text has none of them."""
    return re.sub("[-_]+", "-", slugify(text)).strip("-")

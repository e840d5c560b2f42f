"""The wire format of live scoring: bytes → operations, or one refusal of the whole request.

Strict, because a client that is misunderstood loses somebody's words: every key has its place, none
is there twice, and a number is a whole one. Whether a *value* can be stored is not decided here but
for each operation by the workflow, so that one bad value holds up none of the others.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from scorecards.workflow.operations import Op

MAX_BYTES = 256 * 1024
MAX_OPS = 50
MAX_DEPTH = 16
MAX_DIGITS = 15
MAX_REVISION = 2**31 - 1

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DEVICE = re.compile(r"[A-Za-z0-9_-]{1,64}")
# A string as one piece, ended or not, so that what is inside it opens nothing. Possessive: linear.
PIECES = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)


class Malformed(Exception):
    """What is wrong with the request, as a sentence."""


class TooLarge(Exception):
    def __init__(self) -> None:
        super().__init__(f"At most {MAX_OPS} operations and {MAX_BYTES // 1024} KiB at a time.")


@dataclass(frozen=True)
class Batch:
    device: str
    ops: list[Op]


@dataclass(frozen=True)
class Submit:
    op: str
    expected: dict[str, int]
    device: str
    unworded_ok: bool
    pledge: bool


def read_ops(raw: bytes) -> Batch:
    body = _object(_parsed(raw), required={"v", "device", "ops"})
    _check_version(body["v"])
    sent = body["ops"]
    if not isinstance(sent, list):
        raise Malformed("“ops” is no list.")
    if len(sent) > MAX_OPS:
        raise TooLarge
    return Batch(_device(body["device"]), [_op(one) for one in sent])


def read_submit(raw: bytes) -> Submit:
    body = _object(
        _parsed(raw),
        required={"op", "expected"},
        optional={"v", "device", "unworded_ok", "pledge"},
    )
    _check_version(body.get("v", 1))
    expected = body["expected"]
    if not isinstance(expected, dict):
        raise Malformed("“expected” is no object.")
    return Submit(
        op=_id(body["op"]),
        expected={field: _revision(rev) for field, rev in expected.items()},
        device=_device(body["device"]) if "device" in body else "",
        unworded_ok=_flag(body.get("unworded_ok", False)),
        pledge=_flag(body.get("pledge", False)),
    )


def _op(one: object) -> Op:
    given = _object(one, required={"op", "field", "base", "value"})
    if not isinstance(given["field"], str):
        raise Malformed("“field” is no text.")
    return Op(given["field"], _revision(given["base"]), given["value"], op=_id(given["op"]))


def _object(value: object, *, required: set[str], optional: Collection[str] = ()) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed("An object is missing where one belongs.")
    if missing := sorted(required - value.keys()):
        raise Malformed(f"“{missing[0]}” is missing.")
    if value.keys() - required - set(optional):
        raise Malformed(
            f"Only these keys are known here: {', '.join(sorted({*required, *optional}))}."
        )
    return value


def _check_version(value: object) -> None:
    if type(value) is not int or value != 1:
        raise Malformed("Only version 1 is spoken here. Reload the page.")


def _id(value: object) -> str:
    if not isinstance(value, str) or not UUID.fullmatch(value):
        raise Malformed("“op” is no UUID in small letters.")
    return value


def _device(value: object) -> str:
    if not isinstance(value, str) or not DEVICE.fullmatch(value):
        raise Malformed("“device” is 1 to 64 letters, digits, hyphens and underscores.")
    return value


def _revision(value: object) -> int:
    # By the exact type: True is an integer too.
    if type(value) is not int or not 0 <= value <= MAX_REVISION:
        raise Malformed("A revision is a whole number from 0.")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Malformed("A flag is true or false.")
    return value


def _parsed(raw: bytes) -> object:
    try:
        text = raw.decode()
        _check_depth(text)
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_whole
        )
    except ValueError as error:
        raise Malformed("This is no JSON in UTF-8.") from error


def _check_depth(text: str) -> None:
    """Before it is parsed: the parser goes one call deeper for each bracket."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for piece in PIECES.finditer(text):
        mark = piece[0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise Malformed("This is nested too deep.")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Malformed("A key is there twice.")
    return made


def _no_constant(name: str) -> None:
    raise Malformed(f"{name} is no number in JSON.")


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Malformed("A number is too large.")
    return int(digits)

"""YAML as somebody would write it: lines of “key: value”, long texts folded.

By hand, because a file must not change with the version of a library that lays it out. The tests
hold it against the parser.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 92
BREAK = re.compile(r"(?<=\S) (?=\S)")
# What YAML keeps as it is in a text without quotes: no line ends of other alphabets, no controls.
KEPT = r"[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]"
LINE = re.compile(KEPT + "*")
LINES = re.compile(f"(?:{KEPT}|\n)*")
UNKEPT = re.compile(f"(?!{KEPT}).", re.DOTALL)
# A bare word begins with none of YAML's signs, and can't be taken for a number or a comment.
BARE = re.compile(
    r"(?![-?:,\[\]{}#&*!|>'\"%@`+.~=<\s])(?!\d+(?! [^\W\d_]))(?!.*(: | #))(?!.*[:\s]$).+"
)
IN_LIST = re.compile(r"[^,\[\]{}:?]+")
WORDS_OF_YAML = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


@dataclass(frozen=True)
class Prose:
    """A text of sentences, which gets lines of its own."""

    text: str


Value = str | int | bool | Prose | list[str] | list[dict] | dict


def write(document: dict[str, Value]) -> str:
    return "".join(f"{line}\n" for line in _mapping(document, ""))


def _mapping(values: dict, indent: str) -> Iterator[str]:
    for key, value in values.items():
        head = f"{indent}{key}:"
        if isinstance(value, dict):
            yield head
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield head
            for part in value:
                yield from _part(part, indent + "  ")
        else:
            yield from _value(head, value, indent)


def _part(values: dict, indent: str) -> Iterator[str]:
    """An entry of a list: its first line has the dash."""
    first, *others = _mapping(values, indent + "  ")
    yield f"{indent}- {first.lstrip()}"
    yield from others


def _value(head: str, value: Value, indent: str) -> Iterator[str]:
    if isinstance(value, Prose) or (isinstance(value, str) and "\n" in value):
        yield from _block(head, value.text if isinstance(value, Prose) else value, indent + "  ")
    elif isinstance(value, list):
        yield f"{head} [{', '.join(_word(str(one), listed=True) for one in value)}]"
    elif isinstance(value, bool):
        yield f"{head} {'true' if value else 'false'}"
    else:
        yield f"{head} {value if isinstance(value, int) else _word(str(value))}"


def _block(head: str, text: str, indent: str) -> Iterator[str]:
    """Folded where it is one paragraph, and otherwise line by line as it is."""
    if not text or not LINES.fullmatch(text) or text != text.strip():
        yield f"{head} {_quoted(text)}"
    elif "\n" in text:
        yield f"{head} |-"
        yield from (f"{indent}{line}" if line else "" for line in text.split("\n"))
    else:
        yield f"{head} >-"
        yield from (indent + line for line in _folded(text, WIDTH - len(indent)))


def _folded(text: str, width: int) -> Iterator[str]:
    first, *words = BREAK.split(text)
    line = first
    for word in words:
        if len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line += f" {word}"
    yield line


def _word(text: str, *, listed: bool = False) -> str:
    bare = BARE.fullmatch(text) and LINE.fullmatch(text) and text.lower() not in WORDS_OF_YAML
    return text if bare and (not listed or IN_LIST.fullmatch(text)) else _quoted(text)


def _quoted(text: str) -> str:
    """JSON's quotes are YAML's; what YAML would not keep is spelt out."""
    return UNKEPT.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
